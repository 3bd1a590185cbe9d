import { describe, expect, test } from 'vitest';
import { evaluate } from './fixtures/evaluate.ts';

const a = { var: 'a' };
const b = { var: 'b' };

describe('if', () => {
  test.each<[string, unknown[], unknown, unknown]>([
    ['two', [a, 'yes'], { a: 1 }, 'yes'],
    ['two, not so', [a, 'yes'], { a: 0 }, null],
    ['three', [a, 'yes', 'no'], { a: 0 }, 'no'],
    ['four', [a, 1, b, 2], { b: 1 }, 2],
    ['four, none so', [a, 1, b, 2], {}, null],
    ['five', [a, 1, b, 2, 3], {}, 3],
    ['one', [a], { a: 'x' }, 'x'],
    ['none', [], {}, null],
    ['results that are rules', [a, { cat: ['x', b] }, b], { a: 1, b: 2 }, 'x2'],
  ])('%s', (_name, args, data, expected) => {
    expect(evaluate({ if: args }, data)).toEqual(expected);
    expect(evaluate({ '?:': args }, data)).toEqual(expected);
    expect(evaluate({ if: [{ preserve: true }, { if: args }] }, data)).toEqual(expected);
  });

  test('evaluates only the branch taken', () => {
    expect(evaluate({ if: [a, 'yes', { throw: 'no' }] }, { a: 1 })).toBe('yes');
    expect(evaluate({ if: [a, { throw: 'no' }] }, { a: 0 })).toBe(null);
  });

  test('of something that is no list throws when it is evaluated', () => {
    expect(() => evaluate({ if: a }, { a: [1, 2] })).toThrow('arguments');
    expect(() => evaluate({ and: a }, { a: [1, 2] })).toThrow('arguments');
  });
});

describe('and, or, ??', () => {
  test.each<[string, unknown, unknown]>([
    ['and of true ones is the last', { and: [1, a, 'x'] }, 'x'],
    ['and stops at the first false one', { and: [a, b, { throw: 'x' }] }, 0],
    ['and of none is null', { and: [] }, null],
    ['or is the first true one', { or: [b, a, { throw: 'x' }] }, 'A'],
    ['or of false ones is the last', { or: [b, []] }, []],
    ['or of none is null', { or: [] }, null],
    ['?? is the first that is not null', { '??': [{ var: 'c' }, b, { throw: 'x' }] }, 0],
    ['?? of nulls is null', { '??': [{ var: 'c' }, { var: 'd' }] }, null],
    ['?? of one expression looks into its list', { '??': { var: 'list' } }, 3],
  ])('%s', (_name, rule, expected) => {
    const data = { a: 'A', b: 0, list: [null, 3] };
    expect(evaluate(rule, data)).toEqual(expected);
  });

  test('also of comparisons', () => {
    const rule = { and: [{ '==': [a, 1] }, { '==': [b, 2] }] };
    expect(evaluate(rule, { a: 1, b: 2 })).toBe(true);
    expect(evaluate(rule, { a: 1, b: 3 })).toBe(false);
    expect(evaluate({ or: [{ '==': [a, 1] }, b] }, { a: 2, b: 'x' })).toBe('x');
  });
});

describe('pipe and eachKey', () => {
  test('each stage’s result is the next one’s data', () => {
    const rule = {
      pipe: [a, { '+': [{ var: '' }, 1] }, { cat: ['n', { var: '' }, { var: '../../b' }] }],
    };
    expect(evaluate(rule, { a: 1, b: '!' })).toBe('n2!');
  });

  test('an object of rules gives an object of results', () => {
    expect(evaluate({ eachKey: { x: a, y: [b, 1] } }, { a: 1, b: 2 })).toEqual({ x: 1, y: [2, 1] });
    expect(evaluate({ if: [true, { eachKey: { x: a } }] }, { a: 1 })).toEqual({ x: 1 });
    const own = evaluate({ eachKey: JSON.parse('{"__proto__":{"var":"a"}}') }, { a: 1 });
    expect(Object.entries(own as object)).toEqual([['__proto__', 1]]);
  });
});

describe('try', () => {
  test.each<[string, unknown[], unknown]>([
    ['nothing thrown', [a, 'other'], 'text'],
    ['something thrown', [{ throw: 'Boom' }, { cat: ['caught ', { var: 'type' }] }], 'caught Boom'],
    ['not a number', [{ '-': [a, 1] }, { var: 'type' }], 'NaN'],
    ['a sum that is not a number', [{ '+': [a, 1] }, 'default'], 'default'],
    ['wrong arguments', [{ max: [a] }, { var: 'type' }], 'Invalid Arguments'],
    ['an object thrown', [{ throw: { var: 'error' } }, { var: 'type' }], 'Custom'],
    [
      'an error of the language, by its name',
      [{ in: [1, { var: 'n' }] }, { var: 'type' }],
      'TypeError',
    ],
    ['an alternative that throws too', [{ throw: 'x' }, { throw: 'y' }, { var: 'type' }], 'y'],
    ['data from outside', [{ throw: 'x' }, { var: '../../a' }], 'text'],
  ])('%s', (_name, args, expected) => {
    const data = { a: 'text', n: 5, error: { type: 'Custom' } };
    expect(evaluate({ try: args }, data)).toEqual(expected);
    expect(evaluate({ if: [{ var: 'n' }, { try: args }] }, data)).toEqual(expected);
  });

  test('throws what the last alternative throws', () => {
    expect(() => evaluate({ try: [{ throw: 'x' }, { throw: 'Last' }] })).toThrow('"Last"');
    expect(() => evaluate({ try: [{ '-': [a, 1] }] }, { a: 'x' })).toThrow('not a number');
  });

  test('an alternative that does not compile counts as thrown', () => {
    expect(evaluate({ try: [{ '+': ['x', a] }, { var: 'type' }] }, { a: 1 })).toBe('NaN');
  });

  test('a thrown value reaches the caller as an error', () => {
    expect(() => evaluate({ throw: 'Boom' })).toThrow(Error);
    expect(() => evaluate({ throw: { var: 'x' } }, { x: { type: 'T' } })).toThrow('it throws "T"');
  });
});
