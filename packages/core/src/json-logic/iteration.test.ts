import { describe, expect, test } from 'vitest';
import { evaluate } from './fixtures/evaluate.ts';

const list = { var: 'list' };
const item = { var: '' };
const DATA = { list: [1, 2, 3], limit: 2, none: null, text: 'ab', object: { a: 1 } };

/** The same rule where it is compiled, and where it is interpreted. */
const bothWays = (rule: unknown): unknown[] => [
  rule,
  { if: [true, rule] },
  { if: [{ var: 'limit' }, rule] },
];

describe('map, filter, some, all, none', () => {
  test.each<[string, unknown, unknown]>([
    ['map', { map: [list, { '*': [item, 2] }] }, [2, 4, 6]],
    ['map to a constant', { map: [list, 'x'] }, ['x', 'x', 'x']],
    ['map of nothing', { map: [{ var: 'absent' }, item] }, []],
    ['map of items as written', { map: [[1, { var: 'limit' }], { '+': [item, 1] }] }, [2, 3]],
    ['filter', { filter: [list, { '>=': [item, 2] }] }, [2, 3]],
    ['filter by something always true', { filter: [list, true] }, [1, 2, 3]],
    ['filter by something always false', { filter: [list, []] }, []],
    ['some', { some: [list, { '>': [item, 2] }] }, true],
    ['some of none', { some: [{ var: 'none' }, true] }, false],
    ['all', { all: [list, { '>': [item, 0] }] }, true],
    ['all but one', { all: [list, { '>': [item, 1] }] }, false],
    ['all of an empty list', { all: [{ filter: [list, false] }, true] }, false],
    ['every', { every: [list, item] }, true],
    ['none', { none: [list, { '>': [item, 3] }] }, true],
    ['none but one', { none: [list, { '>': [item, 2] }] }, false],
    ['with data from outside', { filter: [list, { '<': [item, { var: '../../limit' }] }] }, [1]],
    [
      'within each other',
      { map: [list, { filter: [[1, 2], { '==': [item, { val: [[2], ''] }] }] }] },
      [[], [], []],
    ],
  ])('%s', (_name, rule, expected) => {
    for (const way of bothWays(rule)) expect(evaluate(way, DATA)).toEqual(expected);
  });

  test('all of nothing at all is true where it is compiled, and false where it is interpreted', () => {
    const rule = { all: [{ var: 'none' }, true] };
    expect(evaluate(rule, DATA)).toBe(true);
    expect(evaluate({ if: [{ var: 'limit' }, rule] }, DATA)).toBe(false);
  });

  test('anything but a list throws', () => {
    for (const path of ['text', 'object', 'limit']) {
      for (const name of ['map', 'filter', 'some', 'all', 'none']) {
        expect(() => evaluate({ [name]: [{ var: path }, item] }, DATA)).toThrow(TypeError);
      }
    }
  });

  test('holes of a list are passed over', () => {
    const sparse = [1];
    sparse[3] = 4;
    expect(evaluate({ filter: [{ var: 'a' }, true] }, { a: sparse })).toEqual([1, 4]);
    expect(evaluate({ filter: [{ var: 'a' }, { '!=': [item, 9] }] }, { a: sparse })).toEqual([
      1, 4,
    ]);
    expect(evaluate({ map: [{ var: 'a' }, 'x'] }, { a: sparse })).toHaveLength(4);
  });
});

describe('reduce', () => {
  const sum = { '+': [{ var: 'accumulator' }, { var: 'current' }] };

  test.each<[string, unknown, unknown]>([
    ['adds up', { reduce: [list, sum, 10] }, 16],
    [
      'begins with the first item',
      { reduce: [list, { '-': [{ var: 'accumulator' }, { var: 'current' }] }] },
      -4,
    ],
    ['of nothing is the start', { reduce: [{ var: 'none' }, sum, 7] }, 7],
    [
      'reads into items',
      {
        reduce: [
          [{ preserve: { x: 4 } }],
          { cat: [{ var: 'accumulator' }, { var: 'current.x' }] },
          'n',
        ],
      },
      'n4',
    ],
  ])('%s', (_name, rule, expected) => {
    for (const way of bothWays(rule)) expect(evaluate(way, DATA)).toEqual(expected);
  });

  test('of nothing and without a start throws', () => {
    expect(() => evaluate({ reduce: [{ var: 'none' }, { var: 'current' }] }, DATA)).toThrow(
      TypeError,
    );
  });

  test('may not accumulate objects within objects', () => {
    const rule = { reduce: [list, [{ var: 'accumulator' }], []] };
    expect(() => evaluate(rule, DATA)).toThrow('objects within objects');
    expect(evaluate({ try: [rule, { var: 'type' }] }, DATA)).toBe('Exceeded Allowed Depth');
  });

  test('has the data outside two levels up', () => {
    const rule = { reduce: [list, { '+': [{ var: 'accumulator' }, { var: '../../limit' }] }, 0] };
    expect(evaluate(rule, DATA)).toBe(6);
  });
});

describe('in', () => {
  test.each<[unknown, unknown, boolean]>([
    ['a', ['a', 'b'], true],
    ['c', ['a', 'b'], false],
    [1, ['1'], false],
    [Number.NaN, [Number.NaN], true],
    ['b', 'abc', true],
    [1, '123', true],
    [null, 'null', true],
    ['a', null, false],
    ['', '', false],
    [undefined, [], false],
  ])('%j in %j', (value, container, expected) => {
    const rule = { in: [{ var: 'a' }, { var: 'b' }] };
    for (const way of [rule, { if: [true, rule] }]) {
      expect(evaluate(way, { a: value, b: container })).toBe(expected);
    }
    expect(evaluate({ in: [{ var: 'a' }, container] }, { a: value })).toBe(expected);
  });

  test('a long list as written', () => {
    const countries = Array.from({ length: 50 }, (_none, i) => `c${i}`);
    const rule = { in: [{ var: 'a' }, [...countries, 7, null, Number.POSITIVE_INFINITY]] };
    for (const a of ['c0', 'c49', 7, null, Number.POSITIVE_INFINITY])
      expect(evaluate(rule, { a })).toBe(true);
    for (const a of ['c50', '7', 0, false, {}]) expect(evaluate(rule, { a })).toBe(false);
  });

  test('anything else throws', () => {
    expect(() => evaluate({ in: ['a', { var: 'object' }] }, DATA)).toThrow(TypeError);
    expect(() => evaluate({ in: ['a', { var: 'limit' }] }, DATA)).toThrow(TypeError);
  });
});

describe('other operators on lists', () => {
  test('merge takes lists apart one level deep', () => {
    expect(evaluate({ merge: [1, [2, [3]], list] }, DATA)).toEqual([1, 2, [3], 1, 2, 3]);
    expect(evaluate({ merge: { var: 'limit' } }, DATA)).toEqual([2]);
  });

  test('length and keys', () => {
    expect(evaluate({ length: list }, DATA)).toBe(3);
    expect(evaluate({ length: [{ var: 'text' }] }, DATA)).toBe(2);
    expect(evaluate({ length: { var: 'object' } }, DATA)).toBe(1);
    expect(() => evaluate({ length: { var: 'limit' } }, DATA)).toThrow('arguments');
    expect(evaluate({ keys: [{ var: 'object' }] }, DATA)).toEqual(['a']);
    expect(evaluate({ keys: [{ var: 'text' }] }, DATA)).toEqual([]);
  });
});
