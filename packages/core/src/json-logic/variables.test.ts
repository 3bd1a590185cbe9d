import { describe, expect, test } from 'vitest';
import { evaluate } from './fixtures/evaluate.ts';

const DATA = {
  plan: 'pro',
  none: null,
  zero: 0,
  user: { name: 'Ada', tags: ['x', 'y'], 'dotted.key': 5 },
  list: [{ id: 1 }, { id: 2 }],
};

describe('var', () => {
  test.each([
    ['a name', 'plan', 'pro'],
    ['a path', 'user.name', 'Ada'],
    ['an index', 'user.tags.1', 'y'],
    ['an escaped dot', 'user.dotted\\.key', 5],
    ['nothing there', 'absent', null],
    ['nothing further down', 'absent.a.b', null],
    ['null on the way', 'none.a', null],
    ['a name in a list', ['plan'], 'pro'],
    ['a default', ['absent', 'd'], 'd'],
    ['a default for null', ['none', 'd'], 'd'],
    ['a default not needed', ['zero', 'd'], 0],
    ['a default from data', ['absent', { var: 'plan' }], 'pro'],
    ['a path from data', { cat: ['user.', 'name'] }, 'Ada'],
    ['a path from data, with a default', [{ cat: ['ab', 'sent'] }, 'd'], 'd'],
    ['null, by a path from data, keeps its default away', [{ cat: ['no', 'ne'] }, 'd'], null],
  ])('%s', (_name, args, expected) => {
    expect(evaluate({ var: args }, DATA)).toEqual(expected);
  });

  test('an empty path is all of the data', () => {
    expect(evaluate({ var: '' }, DATA)).toBe(DATA);
    expect(evaluate({ var: [] }, DATA)).toBe(DATA);
    expect(evaluate({ var: null }, 'text')).toBe('text');
  });

  test('a number is a position', () => {
    expect(evaluate({ var: 1 }, ['a', 'b'])).toBe('b');
    expect(evaluate({ var: 0 }, ['a', 'b'])).toBe('a');
    expect(evaluate({ var: 1.5 }, { 1: { 5: 'x' } })).toBe('x');
  });

  test('leaves a level for each ../', () => {
    const rule = (path: string) => ({ map: [{ var: 'list' }, { var: path }] });
    expect(evaluate(rule('../index'), DATA)).toEqual([0, 1]);
    expect(evaluate(rule('../iterator.1.id'), DATA)).toEqual([2, 2]);
    expect(evaluate(rule('../../plan'), DATA)).toEqual(['pro', 'pro']);
    expect(evaluate(rule('../../../plan'), DATA)).toEqual([null, null]);
    const nested = { map: [{ var: 'list' }, { map: [[7], { var: '../../id' }] }] };
    expect(evaluate(nested, DATA)).toEqual([[1], [2]]);
    const twice = { map: [{ var: 'list' }, { map: [[7], { var: '../../../../plan' }] }] };
    expect(evaluate(twice, DATA)).toEqual([['pro'], ['pro']]);
  });

  test('has nothing above the whole data', () => {
    expect(evaluate({ var: '../plan' }, DATA)).toBe(null);
  });
});

describe('val', () => {
  test.each([
    ['a key', 'plan', 'pro'],
    ['keys, dots and all', ['user', 'dotted.key'], 5],
    ['a position', ['user', 'tags', 0], 'x'],
    ['a key from data', ['user', { cat: ['na', 'me'] }], 'Ada'],
    ['no such key', ['user', 'absent', 'more'], null],
    ['no level above', [[1], 'plan'], null],
    ['the data itself', [[0], 'plan'], 'pro'],
  ])('%s', (_name, args, expected) => {
    expect(evaluate({ val: args }, DATA)).toEqual(expected);
  });

  test('climbs as many levels as the list in front says', () => {
    const rule = (...keys: unknown[]) => ({ map: [{ var: 'list' }, { val: keys }] });
    expect(evaluate(rule([1], 'index'), DATA)).toEqual([0, 1]);
    expect(evaluate(rule([2], 'plan'), DATA)).toEqual(['pro', 'pro']);
    expect(evaluate(rule([-2], 'plan'), DATA)).toEqual(['pro', 'pro']);
    expect(evaluate(rule([9], 'plan'), DATA)).toEqual([null, null]);
  });
});

describe('get', () => {
  test('reads a path out of what its first argument gives', () => {
    expect(evaluate({ get: [{ var: 'user' }, 'tags.0'] }, DATA)).toBe('x');
    expect(evaluate({ get: [{ var: 'user' }, 'absent', 'd'] }, DATA)).toBe('d');
    expect(evaluate({ get: [{ var: 'user' }, { var: 'key' }] }, { user: { a: 1 }, key: 'a' })).toBe(
      1,
    );
    expect(evaluate({ get: [{ preserve: { a: { b: 2 } } }, 'a.b'] })).toBe(2);
  });
});

describe('missing', () => {
  test.each([
    ['nothing asked', [], []],
    ['one there', ['plan'], []],
    ['one not', ['absent'], ['absent']],
    ['two', ['plan', 'absent'], ['absent']],
    ['several, with paths', ['user.name', 'user.age', 'a'], ['user.age', 'a']],
    ['null is there', ['none'], []],
    ['below something false is not', ['zero.a'], ['zero.a']],
    ['a list put together', { merge: ['plan', ['absent']] }, ['absent']],
  ])('%s', (_name, args, expected) => {
    expect(evaluate({ missing: args }, DATA)).toEqual(expected);
  });

  test('some: nothing when enough is there', () => {
    expect(evaluate({ missing_some: [1, ['plan', 'absent']] }, DATA)).toEqual([]);
    expect(evaluate({ missing_some: [2, ['plan', 'absent']] }, DATA)).toEqual(['absent']);
    expect(evaluate({ missing_some: [1, ['a.b', 'c', 'd']] }, DATA)).toEqual(['a.b', 'c', 'd']);
    expect(evaluate({ missing_some: [1, { var: 'list' }] }, { list: ['x'], x: 1 })).toEqual([]);
  });
});

describe('exists', () => {
  test('says whether there is a property, whatever its value', () => {
    expect(evaluate({ exists: 'none' }, DATA)).toBe(true);
    expect(evaluate({ exists: ['user', 'name'] }, DATA)).toBe(true);
    expect(evaluate({ exists: ['user', 'age'] }, DATA)).toBe(false);
    expect(evaluate({ exists: ['absent', 'name'] }, DATA)).toBe(false);
    expect(() => evaluate({ exists: ['plan', 'name'] }, DATA)).toThrow(TypeError);
  });
});
