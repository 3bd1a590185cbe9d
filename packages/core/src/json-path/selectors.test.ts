import { describe, expect, test } from 'vitest';
import { find, query } from './fixtures/query.ts';

const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const OBJECT = { a: 'A', b: 'B' };

test('the root is a node, whatever it is', () => {
  for (const root of [null, false, 0, '', [], {}]) {
    expect(query('$').all(root)).toEqual([root]);
    expect(query('$').first(root)).toBe(root);
  }
});

describe('a wildcard', () => {
  test.each([
    ['$.*', OBJECT, ['A', 'B']],
    ['$[*]', OBJECT, ['A', 'B']],
    ['$.*', ['x', 'y'], ['x', 'y']],
    ['$.*.a', { x: { a: 1 }, y: {}, z: { a: 2 } }, [1, 2]],
    ['$[*][*]', [[1, 2], 3, [4]], [1, 2, 4]],
    ['$.*', 'text', []],
    ['$.*', null, []],
    ['$.*', {}, []],
  ])('%s of %j is %j', (text, root, found) => {
    expect(find(text, root)).toEqual(found);
  });
});

describe('several selectors in one pair of brackets', () => {
  test.each([
    ['$[0,2]', TEN, [0, 2]],
    ['$[1,1]', TEN, [1, 1]],
    ['$[*,1]', [5, 6], [5, 6, 6]],
    ['$[1,5:7]', TEN, [1, 5, 6]],
    ['$[1,0:3]', TEN, [1, 0, 1, 2]],
    ["$['a',1]", TEN, [1]],
    ["$['a',1]", OBJECT, ['A']],
    [`$['b',"a",*]`, OBJECT, ['B', 'A', 'A', 'B']],
    ["$[?@=='B','a']", OBJECT, ['B', 'A']],
  ])('%s of %j is %j', (text, root, found) => {
    expect(find(text, root)).toEqual(found);
  });

  test('each node is followed with all of them before the next node is', () => {
    const rows = [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ];
    expect(find("$[*]['b','a']", rows)).toEqual([2, 1, 4, 3]);
  });
});

describe('an index', () => {
  test.each([
    ['$[0]', TEN, [0]],
    ['$[9]', TEN, [9]],
    ['$[10]', TEN, []],
    ['$[-1]', TEN, [9]],
    ['$[-10]', TEN, [0]],
    ['$[-11]', TEN, []],
    ['$[9007199254740991]', TEN, []],
    ['$[-9007199254740991]', TEN, []],
    ['$[0]', { 0: 'x' }, []],
    ['$[0]', 'text', []],
    ["$['0']", TEN, []],
    ['$[0][1]', [[1, 2]], [2]],
  ])('%s of %j is %j', (text, root, found) => {
    expect(find(text, root)).toEqual(found);
  });
});

describe('a slice', () => {
  test.each([
    ['$[1:3]', [1, 2]],
    ['$[5:]', [5, 6, 7, 8, 9]],
    ['$[:2]', [0, 1]],
    ['$[:]', TEN],
    ['$[::]', TEN],
    ['$[1:6:2]', [1, 3, 5]],
    ['$[::4]', [0, 4, 8]],
    ['$[-2:]', [8, 9]],
    ['$[:-8]', [0, 1]],
    ['$[-3:-1]', [7, 8]],
    ['$[3:1]', []],
    ['$[0:0]', []],
    ['$[20:30]', []],
    ['$[-20:2]', [0, 1]],
    ['$[::0]', []],
    ['$[::-1]', [...TEN].reverse()],
    ['$[5:1:-2]', [5, 3]],
    ['$[1:5:-1]', []],
    ['$[:7:-1]', [9, 8]],
    ['$[2::-1]', [2, 1, 0]],
    ['$[20::-5]', [9, 4]],
    ['$[-1:-4:-1]', [9, 8, 7]],
    ['$[-20::-1]', []],
    ['$[:-20:-3]', [9, 6, 3, 0]],
    ['$[1:3:9007199254740991]', [1]],
    ['$[-9007199254740991:9007199254740991]', TEN],
    ['$[9007199254740991::-9007199254740991]', [9]],
  ])('%s of ten digits is %j', (text, found) => {
    expect(find(text, TEN)).toEqual(found);
  });

  test('selects nothing of what is no array', () => {
    for (const root of [{ 0: 'x' }, 'text', 5, null, []]) expect(find('$[:]', root)).toEqual([]);
  });
});
