import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { find, query } from './fixtures/query.ts';

const INHERITED = ['constructor', 'toString', '__proto__', 'hasOwnProperty', '__defineGetter__'];

describe('a name that objects inherit', () => {
  test.each(INHERITED)('%s is no member', (name) => {
    for (const root of [{}, [], 'text', 5, true, null, () => 1]) {
      expect(find(`$.${name}`, root)).toEqual([]);
      expect(find(`$['${name}',*]`, root)).toEqual([]);
      expect(find(`$..${name}`, { a: root })).toEqual([]);
      expect(find(`$[?@.${name}]`, [root])).toEqual([]);
    }
  });

  test.each(INHERITED)('%s is one when it is the data’s own', (name) => {
    const root: unknown = JSON.parse(`{"${name}":{"x":7}}`);
    expect(find(`$.${name}.x`, root)).toEqual([7]);
    expect(find(`$..x`, root)).toEqual([7]);
    expect(find(`$.*.x`, root)).toEqual([7]);
    expect(find(`$[?@.${name}.x==7]`, [root])).toEqual([root]);
    expect(find(`$[?@==$[1]]`, [root, JSON.parse(JSON.stringify(root))])).toHaveLength(2);
  });
});

describe('what is no JSON', () => {
  class Visitor {
    own = 1;
  }

  test('has no members: instances, maps, functions', () => {
    for (const root of [new Visitor(), new Map([['own', 1]]), Object.create({ own: 1 }), () => 1]) {
      Object.assign(root, { own: 1 });
      expect(find('$.own', root)).toEqual([]);
      expect(find('$.*', root)).toEqual([]);
      expect(find('$..own', [root])).toEqual([]);
      expect(find('$[?length(@)>=0]', [root])).toEqual([]);
    }
  });

  test('is a node all the same, and equal only to itself', () => {
    const visitor = new Visitor();
    expect(query('$.v').first({ v: visitor })).toBe(visitor);
    expect(find('$[?@==$[0]]', [visitor, new Visitor()])).toEqual([visitor]);
    expect(find('$[?@==@]', [Number.NaN, 1])).toEqual([1]);
  });

  test('undefined is no node', () => {
    expect(find('$.a', { a: undefined })).toEqual([]);
    expect(find('$.*', { a: undefined, b: 1 })).toEqual([1]);
    expect(find('$[*]', [undefined, 1, ...new Array(2), 2])).toEqual([1, 2]);
    expect(find('$[*]', new Array(3))).toEqual([]);
    expect(find('$[0:2]', [undefined, 1])).toEqual([1]);
    expect(find('$[?length(@)==1]', [{ a: undefined, b: 1 }])).toHaveLength(1);
    expect(find('$[?@==$[0]]', [{ b: 1 }, { a: undefined, b: 1 }])).toHaveLength(2);
    expect(find('$', undefined)).toEqual([]);
    expect(find('$..*', undefined)).toEqual([]);
  });
});

test('objects without prototype, and those of other realms, are objects', () => {
  const bare = Object.assign(Object.create(null), {
    a: Object.assign(Object.create(null), { b: 1 }),
  });
  expect(find('$.a.b', bare)).toEqual([1]);
  expect(find('$..b', bare)).toEqual([1]);
  const foreign: unknown = runInNewContext('({ a: [{ b: 1 }] })');
  expect(find('$.a[0].b', foreign)).toEqual([1]);
  expect(find('$..b', foreign)).toEqual([1]);
});
