import { describe, expect, test } from 'vitest';
import { evaluate } from './fixtures/evaluate.ts';

const a = { var: 'a' };
const b = { var: 'b' };

describe('with a constant', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['==', 'pro', 'pro', true],
    ['==', 'pro', 'free', false],
    ['==', '1', 1, true],
    ['==', 1, '1', true],
    ['==', 1, '1.0', true],
    ['==', true, '1', true],
    ['==', null, 0, true],
    ['==', false, null, true],
    ['==', '', null, false],
    ['==', null, null, true],
    ['!=', 'pro', 'free', true],
    ['!=', 2, 2, false],
    ['===', '1', 1, false],
    ['===', null, null, true],
    ['!==', '1', 1, true],
    ['<', 'a', 'b', true],
    ['<', '10', '9', true],
    ['<', '10', 9, false],
    ['<=', 3, 3, true],
    ['>', 3, 2.5, true],
    ['>=', 2, 3, false],
    ['>', null, -1, true],
    ['<', null, 'a', false],
  ])('%s', (operator, value, constant, expected) => {
    const data = { a: value };
    expect(evaluate({ [operator]: [a, constant] }, data)).toBe(expected);
    expect(evaluate({ if: [{ [operator]: [a, constant] }, true] }, data) ?? false).toBe(expected);
  });

  test.each<[string, unknown, unknown]>([
    ['==', 'abc', 1],
    ['==', 1, 'abc'],
    ['==', {}, 1],
    ['==', [1], 1],
    ['<', 'abc', 5],
    ['>=', {}, 'abc'],
    ['<', Number.NaN, 5],
  ])(
    '%s throws when one side is not a number and the other no string',
    (operator, value, constant) => {
      const data = { a: value };
      expect(() => evaluate({ [operator]: [a, constant] }, data)).toThrow('not a number');
      expect(() => evaluate({ if: [{ [operator]: [a, constant] }, 1] }, data)).toThrow(
        'not a number',
      );
    },
  );

  test('nothing throws when comparing strictly', () => {
    expect(evaluate({ '===': [a, 1] }, { a: {} })).toBe(false);
    expect(evaluate({ '!==': [a, 'x'] }, { a: [] })).toBe(true);
  });
});

describe('of two variables', () => {
  test('the second is checked against itself where it is compiled', () => {
    expect(evaluate({ '==': [a, b] }, { a: 'abc', b: 1 })).toBe(false);
    expect(evaluate({ '==': [a, b] }, { a: {}, b: 'x' })).toBe(false);
    expect(() => evaluate({ '==': [a, b] }, { a: 1, b: {} })).toThrow('not a number');
  });

  test('and against the first where it is interpreted', () => {
    expect(() => evaluate({ if: [{ '==': [a, b] }, 1] }, { a: 'abc', b: 1 })).toThrow(
      'not a number',
    );
  });

  test('a computed side is checked against the variable read last', () => {
    const sum = { '+': [b, 1] };
    expect(evaluate({ '==': [a, sum] }, { a: 3, b: 2 })).toBe(true);
    expect(evaluate({ '==': [a, sum] }, { a: 'abc', b: 2 })).toBe(false);
    expect(evaluate({ '<': [a, { if: [b, 5, 6] }] }, { a: 'abc', b: 0 })).toBe(false);
  });
});

describe('of three and more', () => {
  test('is a chain', () => {
    expect(evaluate({ '<': [1, a, 10] }, { a: 5 })).toBe(true);
    expect(evaluate({ '<': [1, a, 10] }, { a: 1 })).toBe(false);
    expect(evaluate({ '<=': [1, a, b, 10] }, { a: 1, b: 10 })).toBe(true);
    expect(evaluate({ '==': [a, 'x', 'x'] }, { a: 'x' })).toBe(true);
    expect(evaluate({ if: [{ '<': [1, a, 10] }, 'in'] }, { a: 5 })).toBe('in');
    expect(evaluate({ if: [{ '<': [1, a, b, 10] }, 'in'] }, { a: 5, b: 6 })).toBe('in');
  });

  test('stops at the first that does not hold', () => {
    expect(evaluate({ '<': [5, a, { throw: 'x' }] }, { a: 1 })).toBe(false);
    expect(() => evaluate({ '<': [5, a, { throw: 'x' }] }, { a: 9 })).toThrow();
  });
});

test('of fewer than two throws when it is evaluated', () => {
  expect(() => evaluate({ '==': [a] }, { a: 1 })).toThrow('arguments');
  expect(() => evaluate({ '<': a }, { a: [1, 2] })).toThrow('arguments');
});
