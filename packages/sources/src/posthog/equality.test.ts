import { describe, expect, it } from 'vitest';
import { property } from './fixtures/build.ts';
import { MISSING, match, UNSUPPORTED } from './fixtures/read.ts';

const exact = (value: never, given: unknown, version?: number) =>
  match(property('p', 'exact', value), given, version);

const circular: unknown[] = [];
circular.push(circular);

describe('exact', () => {
  it.each([
    ['pro', 'pro', true],
    ['pro', 'PRO', true],
    ['pro', ' pro', false],
    ['É', 'é', true],
    ['ß', 'ss', false],
    ['\u212a', 'k', true],
    ['', '', true],
    ['1.5', 1.5, true],
    ['1', 1, MISSING],
    [1, '1', UNSUPPORTED],
    [1, 1, UNSUPPORTED],
    [2.5, '2.50', false],
    ['null', null, true],
    [null, null, true],
    [null, 'null', true],
    ['[1.5]', [1.5], true],
    [['a'], ['a'], false],
    ['["a"]', ['a'], true],
    ['{"a":true,"b":null}', { b: null, a: true }, true],
    ['x', Number.NaN, MISSING],
    ['x', '\ud800', MISSING],
    ['x', new Date(0), MISSING],
    ['x', circular, MISSING],
    ['x', undefined, UNSUPPORTED],
  ])('%j matches %j: %s', (target, given, expected) => {
    expect(exact(target as never, given)).toBe(expected);
  });

  it.each([
    [['pro', 'team'], 'TEAM', true],
    [['pro', 'team'], 'free', false],
    [['pro', 1], 'pro', true],
    [['pro', 1], 'free', UNSUPPORTED],
    [[1, 'pro'], 'pro', UNSUPPORTED],
    [['pro'], 7, MISSING],
    [['pro', 1], 7, UNSUPPORTED],
    [[2.5, null], 'null', true],
    [[], true, true],
    [[], 'x', false],
    [[], [], true],
  ])('the list %j matches %j: %s', (target, given, expected) => {
    expect(exact(target as never, given)).toBe(expected);
  });

  it.each([
    ['true', 'TRUE', true],
    [true, 'true', true],
    ['false', 'anything', true],
    [false, null, true],
    [false, 1, true],
    ['true', [], true],
    [['true', true], [true, 'TRUE'], true],
    [true, Number.POSITIVE_INFINITY, MISSING],
  ])('%j, which says true or false, matches %j: %s', (target, given, expected) => {
    expect(exact(target as never, given)).toBe(expected);
  });

  it.each([
    ['false', 'anything', false],
    ['false', false, true],
    ['true', 'TRUE', true],
    [true, 1, false],
    [true, Number.NaN, MISSING],
    [[true, false], 'FALSE', true],
    [[], 'x', false],
  ])('%j matches %j: %s, where definitions are of version 2', (target, given, expected) => {
    expect(exact(target as never, given, 2)).toBe(expected);
  });

  it('finds one of thousands', () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => `venue-${i}`);
    expect(exact(ids as never, 'VENUE-4999')).toBe(true);
    expect(exact(ids as never, 'venue-5000')).toBe(false);
  });
});

describe('is_not', () => {
  it.each([
    ['pro', 'free', true],
    ['pro', 'Pro', false],
    [['pro'], 'free', true],
    ['1', 1, MISSING],
    [1, 'x', UNSUPPORTED],
    ['x', null, true],
  ])('%j of %j: %s', (target, given, expected) => {
    expect(match(property('p', 'is_not', target as never), given)).toBe(expected);
  });
});
