import { describe, expect, test } from 'vitest';
import { query } from './fixtures/query.ts';

test.each([
  ['$', []],
  ['$.identity.traits.x', ['identity', 'traits', 'x']],
  [`$['a']["b"][0].c`, ['a', 'b', 0, 'c']],
  ["$['0']", ['0']],
  [String.raw`$['\u0061\'']`, ["a'"]],
])('the path of %s is %j', (text, path) => {
  expect(query(text).path).toEqual(path);
});

test.each(['$.a[-1]', '$.*', '$.a[*]', '$..a', "$['a','b']", '$[0:1]', '$[?@.a]', '$.a[?@.b].c'])(
  '%s is no plain path',
  (text) => {
    expect(query(text).path).toBe(undefined);
  },
);

test.each([
  ['$.identity', 'identity'],
  ['$.identity.traits.x', 'identity'],
  ["$['identity']..x", 'identity'],
  ['$.a[-1]', 'a'],
  ['$', undefined],
  ['$[0].a', undefined],
  ['$..identity', undefined],
  ['$.*', undefined],
  ["$['a','b']", undefined],
  ['$[?@.a]', undefined],
])('%s begins with the member %j', (text, name) => {
  expect(query(text).firstMember).toBe(name);
});

describe('first and all', () => {
  test('agree on a path', () => {
    const { first, all } = query('$.a[-1]');
    expect([first({ a: [1, 2] }), all({ a: [1, 2] })]).toEqual([2, [2]]);
    expect([first({ a: [] }), all({ a: [] })]).toEqual([undefined, []]);
    expect([first({ a: [null] }), all({ a: [null] })]).toEqual([null, [null]]);
  });

  test('give the values themselves, not copies', () => {
    const root = { a: { b: [1] } };
    expect(query('$.a.b').first(root)).toBe(root.a.b);
    expect(query('$..b').all(root)[0]).toBe(root.a.b);
  });

  test('read the data anew each time', () => {
    const root = { a: 1 };
    const { first } = query('$.a');
    expect(first(root)).toBe(1);
    root.a = 2;
    expect(first(root)).toBe(2);
  });
});
