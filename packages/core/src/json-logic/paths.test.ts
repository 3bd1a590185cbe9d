import { expect, test } from 'vitest';
import { pathOf, splitPath } from './paths.ts';

test.each([
  ['a', ['a']],
  ['a.b.c', ['a', 'b', 'c']],
  ['a..b', ['a', '', 'b']],
  ['.', ['']],
  ['..', ['', '']],
  ['.a', ['', 'a']],
  ['a.', ['a', '']],
  ['', []],
  ['a\\.b.c', ['a.b', 'c']],
  ['a\\/b', ['a/b']],
  ['a\\\\.b', ['a\\', 'b']],
  ['a\\\\\\.b', ['a\\.b']],
  ['a\\b\\', ['a\\b\\']],
  ['ü.💥', ['ü', '💥']],
])('%j splits into %j', (path, names) => {
  expect(splitPath(path)).toEqual(names);
});

test('a path put together from names splits into them again', () => {
  for (const names of [['a'], ['a.b', 'c/d', 'e\\'], ['\\.', '']]) {
    expect(splitPath(pathOf(names))).toEqual(names);
  }
});
