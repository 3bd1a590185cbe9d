import { describe, expect, test } from 'vitest';
import { find, pass } from './fixtures/query.ts';

describe('a test for existence', () => {
  const items = [{ a: 1 }, { a: null }, { a: false }, { b: 1 }, [1], 'text'];

  test.each([
    ['@.a', [{ a: 1 }, { a: null }, { a: false }]],
    ['!@.a', [{ b: 1 }, [1], 'text']],
    ['@[0]', [[1]]],
    ['@.*', [{ a: 1 }, { a: null }, { a: false }, { b: 1 }, [1]]],
    ['@..*', [{ a: 1 }, { a: null }, { a: false }, { b: 1 }, [1]]],
    ["@['a','b']", [{ a: 1 }, { a: null }, { a: false }, { b: 1 }]],
    ['@', items],
    ['!@', []],
    ['$[5]', items],
    ['$[6]', []],
    ['$.a', []],
    ['$..b', items],
  ])('%s lets %j pass', (condition, passing) => {
    expect(pass(condition, items)).toEqual(passing);
  });
});

describe('conditions together', () => {
  const items = [{}, { a: 1 }, { b: 1 }, { a: 1, b: 1 }, { c: 1 }, { a: 1, b: 1, c: 1 }];
  const names = (found: unknown[]) => found.map((item) => Object.keys(item as object).join(''));

  test.each([
    ['@.a && @.b', ['ab', 'abc']],
    ['@.a || @.b', ['a', 'b', 'ab', 'abc']],
    ['@.a || @.b && @.c', ['a', 'ab', 'abc']],
    ['(@.a || @.b) && @.c', ['abc']],
    ['@.a && @.b || @.c', ['ab', 'c', 'abc']],
    ['!@.a && !@.b', ['', 'c']],
    ['!(@.a || @.b)', ['', 'c']],
    ['!(@.a && !@.b)', ['', 'b', 'ab', 'c', 'abc']],
    ['((@.c))', ['c', 'abc']],
    ['!(@.a==1)', ['', 'b', 'c']],
    ['@.a && @.b && @.c', ['abc']],
    ['@.a || @.b || @.c', ['a', 'b', 'ab', 'c', 'abc']],
  ])('%s', (condition, passing) => {
    expect(names(pass(condition, items))).toEqual(passing);
  });
});

describe('a filter', () => {
  test('goes through the members of an object as well', () => {
    expect(find('$[?@>1]', { a: 1, b: 2, c: 3 })).toEqual([2, 3]);
  });

  test('selects nothing of what has no children', () => {
    for (const root of ['text', 5, null, [], {}]) expect(find('$[?@]', root)).toEqual([]);
  });

  test('may contain another, whose @ is its own item', () => {
    const rows = [[1, 2], [3], [{ a: 4 }]];
    expect(find('$[?@[?@>1]]', rows)).toEqual([[1, 2], [3]]);
    expect(find('$[?@[?@.a]]', rows)).toEqual([[{ a: 4 }]]);
    expect(find('$[?@[0][?@==$[2][0].a]]', rows)).toEqual([[{ a: 4 }]]);
  });

  test('reads the root of the whole data with $, however deep it stands', () => {
    const data = { wanted: 'b', groups: [{ items: ['a', 'b'] }, { items: ['b'] }] };
    expect(find('$.groups[*].items[?@==$.wanted]', data)).toEqual(['b', 'b']);
    expect(find('$.groups[?@.items[?@==$.groups[0].items[0]]]', data)).toEqual([data.groups[0]]);
  });

  test('goes on after it', () => {
    expect(find('$[?@.on].name', [{ on: 1, name: 'x' }, { name: 'y' }])).toEqual(['x']);
  });

  test('may stand beside other selectors and other filters', () => {
    expect(find('$[?@.a,?@.b,0]', [{ a: 1 }, { a: 2, b: 3 }])).toEqual([
      { a: 1 },
      { a: 2, b: 3 },
      { a: 2, b: 3 },
      { a: 1 },
    ]);
  });
});
