import { describe, expect, test } from 'vitest';
import type { LogicDialect } from './types.ts';
import { readsWholeData } from './whole-data.ts';

const dialect: LogicDialect = {
  operators: new Map([['starts_with', () => () => null]]),
  variable: (path) => (path === '$env' || path.startsWith('$env.') ? () => 'x' : undefined),
};

describe('a rule that reads its whole data', () => {
  test.each([
    ['all of it', { var: '' }],
    ['all of it, by an empty list', { val: [] }],
    ['all of it, by null', { var: null }],
    ['a path from data', { var: { var: 'a' } }],
    ['a path put together', { if: [{ var: [{ cat: ['$', 'env'] }] }, 1] }],
    ['keys from data', { val: ['$env', { var: 'a' }] }],
    ['what is above an item', { map: [{ var: 'list' }, { var: '../../$env.key' }] }],
    ['what is above an item, by level', { some: [{ var: 'list' }, { val: [[2], '$env'] }] }],
    ['whether something injected is missing', { missing: ['a', '$env.key'] }],
    ['whether enough is there', { missing_some: [1, ['a', '$env']] }],
    ['what is missing, by a list from data', { missing: { var: 'a' } }],
    ['whether something injected exists', { exists: ['$env', 'key'] }],
    ['inside an operator of the dialect', { starts_with: [{ var: '' }, 'a'] }],
    ['in the list of an iterator', { filter: [[{ var: '' }], true] }],
    ['in the start of a reduce', { reduce: [[], 1, { var: '' }] }],
    ['in a default', { var: ['a', { var: '' }] }],
    ['in eachKey', { eachKey: { a: { var: '' } } }],
  ])('%s', (_name, rule) => {
    expect(readsWholeData(rule, dialect)).toBe(true);
  });
});

describe('a rule that does not', () => {
  test.each([
    ['values', [1, 'a', null]],
    [
      'variables',
      { if: [{ '==': [{ var: 'a.b' }, 1] }, { var: ['$env.key', 'x'] }, { val: 'c' }] },
    ],
    ['keys', { val: ['$env', 'key'] }],
    ['items', { map: [{ var: 'list' }, { var: '' }] }],
    ['keys of items', { map: [{ var: 'list' }, { val: ['a', 'b'] }] }],
    [
      'positions',
      { map: [{ var: 'list' }, { cat: [{ var: '../index' }, { val: [[1], 'index'] }] }] },
    ],
    ['whether something plain is missing', { missing: ['a', 'b.c'] }],
    ['whether something plain exists', { exists: ['a', 'b'] }],
    ['what is missing in an item', { filter: [{ var: 'list' }, { missing: ['$env'] }] }],
    ['preserved data', { preserve: { var: '' } }],
    ['later stages of a pipe', { pipe: [{ var: 'a' }, { var: '' }] }],
  ])('%s', (_name, rule) => {
    expect(readsWholeData(rule, dialect)).toBe(false);
  });
});

test('without a dialect, asking what is missing counts', () => {
  expect(readsWholeData({ missing: ['a'] })).toBe(true);
  expect(readsWholeData({ var: 'a' })).toBe(false);
});
