import { describe, expect, test } from 'vitest';
import { evaluate } from './fixtures/evaluate.ts';

const a = { var: 'a' };

describe('cat', () => {
  test('joins as the language does where it is compiled', () => {
    expect(evaluate({ cat: ['x', a, 1, true] }, { a: 1.5 })).toBe('x1.51true');
    expect(evaluate({ cat: ['x', a] }, {})).toBe('xnull');
    expect(evaluate({ cat: [a] }, { a: [1, [2]] })).toBe('1,2');
    expect(evaluate({ cat: ['ü', a] }, { a: '💥' })).toBe('ü💥');
  });

  test('leaves nulls out where it is interpreted', () => {
    expect(evaluate({ if: [true, { cat: ['x', a] }] }, {})).toBe('x');
    expect(evaluate({ cat: ['x', null] })).toBe('x');
  });

  test('of one expression is its text', () => {
    expect(evaluate({ cat: a }, { a: 5 })).toBe('5');
    expect(evaluate({ cat: a }, { a: ['x', null, 'y'] })).toBe('xy');
    expect(() => evaluate({ cat: a }, {})).toThrow(TypeError);
  });
});

describe('substr', () => {
  test.each<[unknown[], string]>([
    [['jsonlogic', 4], 'logic'],
    [['jsonlogic', -5], 'logic'],
    [['jsonlogic', 1, 3], 'son'],
    [['jsonlogic', 4, -2], 'log'],
    [['jsonlogic', 20], ''],
    [['jsonlogic', 0, -20], ''],
  ])('%j', (args, expected) => {
    expect(evaluate({ substr: args })).toBe(expected);
    expect(evaluate({ substr: [a, ...args.slice(1)] }, { a: args[0] })).toBe(expected);
  });

  test('of anything but a string throws', () => {
    expect(() => evaluate({ substr: [a, 1] }, { a: 5 })).toThrow(TypeError);
  });
});

describe('conditionals without parentheses bind to what is next to them', () => {
  test('cat gives the operand itself when it is an or', () => {
    const rule = { cat: ['x', { or: [a, 'c'] }, 'y'] };
    expect(evaluate(rule, { a: 5 })).toBe(5);
    expect(evaluate({ cat: [{ or: [a, 'c'] }, 'y'] }, { a: '' })).toBe('c');
    expect(evaluate({ cat: [{ or: [a, ''] }, 'y'] }, { a: '' })).toBe('y');
  });

  test('and the end of the text when it is a missing', () => {
    expect(evaluate({ cat: ['x', { missing: ['a'] }, 'y'] })).toBe('y');
  });

  test('a default that is an or gives what was read before, when it is not needed', () => {
    const rule = { '??': [a, { or: [{ var: 'b' }, 'c'] }] };
    expect(evaluate(rule, { a: 1 })).toBe(1);
    expect(evaluate(rule, { b: 2 })).toBe(2);
    expect(evaluate({ var: ['a', { or: [{ var: 'b' }, 'c'] }] }, { a: 1 })).toBe(undefined);
  });

  test('a default that is an all does not compile', () => {
    expect(() => evaluate({ '??': [a, { all: [a, true] }] })).toThrow('cannot be a default');
  });

  test('an iterator over an and throws when the and is false', () => {
    const rule = { map: [{ and: [a, { var: 'list' }] }, 1] };
    expect(evaluate(rule, { a: 1, list: [0] })).toEqual([1]);
    expect(evaluate(rule, { a: [], list: [0] })).toEqual([]);
    expect(() => evaluate(rule, { a: 0, list: [0] })).toThrow(TypeError);
  });
});
