import { describe, expect, test } from 'vitest';
import { find, query } from './fixtures/query.ts';

const TREE = { o: [{ a: 'b' }, { a: { a: 'c' } }], a: [1, [2, 3]] };

describe('a descendant segment', () => {
  test.each([
    ['$..a', [[1, [2, 3]], 'b', { a: 'c' }, 'c']],
    ['$..[0]', [{ a: 'b' }, 1, 2]],
    ['$..[-1]', [{ a: { a: 'c' } }, [2, 3], 3]],
    ['$..[1:]', [{ a: { a: 'c' } }, [2, 3], 3]],
    ["$..['a',0]", [[1, [2, 3]], { a: 'b' }, 'b', { a: 'c' }, 'c', 1, 2]],
    ['$..missing', []],
    ['$.o..a', ['b', { a: 'c' }, 'c']],
    ['$..a.a', ['c']],
    ['$..[?@.a]', [{ a: 'b' }, { a: { a: 'c' } }, { a: 'c' }]],
  ])('%s finds %j, in this order', (text, found) => {
    expect(find(text, TREE)).toEqual(found);
  });

  test('with a wildcard finds everything but the root, a container’s children before theirs', () => {
    expect(find('$..*', { o: [{ a: 1 }, 2], p: 3 })).toEqual([[{ a: 1 }, 2], 3, { a: 1 }, 2, 1]);
    expect(find('$..[*]', [[1], [2]])).toEqual([[1], [2], 1, 2]);
    expect(find('$..*', 'text')).toEqual([]);
  });

  test('applies all its selectors to a node before it goes on to the next', () => {
    const rows = [
      { a: 1, d: 2 },
      { d: 4, a: 3 },
    ];
    expect(find("$..['d','a']", rows)).toEqual([2, 1, 4, 3]);
  });

  test('after another finds a node once for each way to it', () => {
    expect(find('$..*..x', { a: { b: { x: 1 } } })).toEqual([1, 1]);
  });

  test('looks no further than the first node when that is all that is asked for', () => {
    const root = {
      a: { x: 'first' },
      get b(): never {
        throw new Error('read');
      },
    };
    expect(query('$..x').first(root)).toBe('first');
  });
});
