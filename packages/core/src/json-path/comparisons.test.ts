import { describe, expect, test } from 'vitest';
import { pass } from './fixtures/query.ts';

/** Whether a comparison of `$.a` with `$.b` holds; a missing side is Nothing. */
function holds(operator: string, sides: { a?: unknown; b?: unknown }): boolean {
  return pass(`$.a ${operator} $.b`, { ...sides, item: 0 }).length > 0;
}

/** The operators that hold between two sides. */
function holding(sides: { a?: unknown; b?: unknown }): string {
  return ['==', '!=', '<', '<=', '>', '>='].filter((op) => holds(op, sides)).join(' ');
}

const EQUAL = '== <= >=';
const DIFFERENT = '!=';
const LESS = '!= < <=';

describe('two values', () => {
  test.each([
    [1, 1, EQUAL],
    [1, 2, LESS],
    [-1, 1, LESS],
    [1.5, 1.25, '!= > >='],
    [0, -0, EQUAL],
    ['a', 'a', EQUAL],
    ['a', 'b', LESS],
    ['a', 'aa', LESS],
    ['', 'a', LESS],
    ['A', 'a', LESS],
    ['10', '9', LESS],
    [true, true, EQUAL],
    [true, false, DIFFERENT],
    [null, null, EQUAL],
    [null, 0, DIFFERENT],
    [null, false, DIFFERENT],
    [1, '1', DIFFERENT],
    [1, true, DIFFERENT],
    ['', 0, DIFFERENT],
    ['true', true, DIFFERENT],
    [[], {}, DIFFERENT],
    [[1], 1, DIFFERENT],
    [['a'], 'a', DIFFERENT],
  ])('of which one is %j and the other %j: %s', (a, b, operators) => {
    expect(holding({ a, b })).toBe(operators);
  });

  test('that are strings order by code points, not by UTF-16 units', () => {
    expect(holding({ a: '\uffff', b: '\u{10000}' })).toBe(LESS);
    expect(holding({ a: 'x\ue000', b: 'x😀' })).toBe(LESS);
    expect(holding({ a: '😀', b: '😁' })).toBe(LESS);
    expect(holding({ a: '\u{10ffff}', b: '\ud7ff' })).toBe('!= > >=');
  });
});

describe('nothing', () => {
  test('equals only nothing', () => {
    expect(holding({})).toBe(EQUAL);
    for (const b of [null, 0, '', false, [], {}]) {
      expect(holding({ b })).toBe(DIFFERENT);
      expect(holding({ a: b })).toBe(DIFFERENT);
    }
  });

  test('is what a function without a result gives', () => {
    expect(pass('length(@)==$.none', [1, 'x', null])).toEqual([1, null]);
    expect(pass('value($.*)==@.none', [1])).toEqual([]);
    expect(pass('value($.*)==@.none', [1, 2])).toEqual([1, 2]);
    expect(pass('value($.*)==@', [1])).toEqual([1]);
  });
});

describe('arrays', () => {
  test.each([
    [[1, [2]], [1, [2]], EQUAL],
    [[], [], EQUAL],
    [[1, 2], [2, 1], DIFFERENT],
    [[1], [1, 1], DIFFERENT],
    [[1], ['1'], DIFFERENT],
    [[[[1]]], [[[2]]], DIFFERENT],
  ])('%j and %j: %s', (a, b, operators) => {
    expect(holding({ a, b })).toBe(operators);
  });
});

describe('objects', () => {
  test.each([
    [{ x: 1, y: { z: [1] } }, { y: { z: [1] }, x: 1 }, EQUAL],
    [{}, {}, EQUAL],
    [{ x: 1 }, { x: 1, y: 2 }, DIFFERENT],
    [{ x: 1, y: 2 }, { x: 1 }, DIFFERENT],
    [{ x: 1 }, { y: 1 }, DIFFERENT],
    [{ x: null }, {}, DIFFERENT],
    [{ toString: 1 }, { x: 1 }, DIFFERENT],
  ])('%j and %j: %s', (a, b, operators) => {
    expect(holding({ a, b })).toBe(operators);
  });
});

describe('a literal', () => {
  const items = [0, 1, 1.5, -2, 100, 'a', "it's", 'é', true, false, null];

  test.each([
    ['@==1', [1]],
    ['@==1.0', [1]],
    ['@==1e0', [1]],
    ['@==1E+2', [100]],
    ['@==1.5e-0', [1.5]],
    ['@==15e-1', [1.5]],
    ['@==-2', [-2]],
    ['@==0', [0]],
    ['@==-0', [0]],
    ['@==-0.0', [0]],
    ['@==true', [true]],
    ['@==false', [false]],
    ['@==null', [null]],
    ["@=='a'", ['a']],
    ['@=="a"', ['a']],
    [String.raw`@=='it\'s'`, ["it's"]],
    [String.raw`@=="\u00e9"`, ['é']],
    ['1==@', [1]],
    ['@<0', [-2]],
    ['@>=1.5', [1.5, 100]],
    ["@>'a'", ["it's", 'é']],
    ['1==1', items],
    ["1=='1'", []],
    ["'a'<'b'", items],
    ['true!=false', items],
    ['@==9007199254740993', []],
  ])('%s lets %j pass', (condition, passing) => {
    expect(pass(condition, items)).toEqual(passing);
  });
});
