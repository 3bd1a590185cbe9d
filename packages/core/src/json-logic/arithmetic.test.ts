import { describe, expect, test } from 'vitest';
import { evaluate } from './fixtures/evaluate.ts';

const a = { var: 'a' };

describe('operands', () => {
  test.each<[string, unknown[], number]>([
    ['+', [1, a, '3'], 6],
    ['+', [a], 2],
    ['-', [a, 5], -3],
    ['-', [a], -2],
    ['*', [a, 2, 2.5], 10],
    ['/', [a, 4], 0.5],
    ['/', [a], 0.5],
    ['%', [7, a], 1],
    ['%', [-7, a, 5], -1],
  ])('%s %j', (operator, args, expected) => {
    expect(evaluate({ [operator]: args }, { a: 2 })).toBe(expected);
    expect(evaluate({ if: [true, { [operator]: args }] }, { a: 2 })).toBe(expected);
  });

  test('true is one, and false, null and the empty string are zero', () => {
    for (const [value, number] of [
      [true, 1],
      [false, 0],
      [null, 0],
      ['', 0],
      [' 2 ', 2],
    ]) {
      expect(evaluate({ '+': [a, 10] }, { a: value })).toBe(10 + Number(number));
    }
  });

  test.each(['abc', {}, [], [1], Number.NaN])('%j is not a number', (value) => {
    for (const operator of ['+', '-', '*', '/', '%']) {
      expect(() => evaluate({ [operator]: [a, 2] }, { a: value })).toThrow('not a number');
      expect(() =>
        evaluate({ if: [a, { [operator]: [{ var: 'b' }, 2] }] }, { a: 1, b: value }),
      ).toThrow('not a number');
    }
  });

  test('a division by zero throws', () => {
    expect(() => evaluate({ '/': [1, a] }, { a: 0 })).toThrow('not a number');
    expect(() => evaluate({ '/': [1, a] }, { a: null })).toThrow('not a number');
    expect(() => evaluate({ '/': [a] }, { a: 0 })).toThrow('not a number');
  });

  test('none at all: zero and one, or too few', () => {
    expect(evaluate({ '+': [] })).toBe(0);
    expect(evaluate({ '*': [] })).toBe(1);
    for (const operator of ['-', '/', '%']) {
      expect(() => evaluate({ [operator]: [] })).toThrow(`at ${operator}`);
    }
  });
});

describe('a single expression that gives a list', () => {
  test('is combined', () => {
    const data = { a: [12, '3', 2] };
    expect(evaluate({ '+': a }, data)).toBe(17);
    expect(evaluate({ '-': a }, data)).toBe(7);
    expect(evaluate({ '*': a }, data)).toBe(72);
    expect(evaluate({ '/': a }, data)).toBe(2);
    expect(evaluate({ '%': a }, data)).toBe(0);
    expect(evaluate({ '-': a }, { a: [5] })).toBe(-5);
    expect(evaluate({ '/': a }, { a: [4] })).toBe(0.25);
  });

  test('or converted, when it is no list', () => {
    expect(evaluate({ '+': a }, { a: '3' })).toBe(3);
    expect(evaluate({ '-': a }, { a: '3' })).toBe(-3);
    expect(() => evaluate({ '+': a }, { a: 'x' })).toThrow('not a number');
    expect(() => evaluate({ '*': a }, { a: 3 })).toThrow(TypeError);
    expect(() => evaluate({ '/': a }, { a: 3 })).toThrow('arguments');
    expect(() => evaluate({ '%': a }, { a: [3] })).toThrow('arguments');
  });

  test('is not checked at its end', () => {
    expect(evaluate({ '+': a }, { a: [1, 'x'] })).toBeNaN();
    expect(evaluate({ '*': a }, { a: [2, 'x'] })).toBeNaN();
  });
});

describe('min and max', () => {
  test('take numbers only', () => {
    expect(evaluate({ max: [1, a, 3] }, { a: 7 })).toBe(7);
    expect(evaluate({ min: [1, a, 3] }, { a: 7 })).toBe(1);
    expect(evaluate({ max: a }, { a: [4, 9] })).toBe(9);
    expect(() => evaluate({ max: [1, a] }, { a: '7' })).toThrow('arguments');
    expect(() => evaluate({ min: a }, { a: [] })).toThrow('arguments');
  });
});
