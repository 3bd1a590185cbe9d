import { describe, expect, test } from 'vitest';
import { find, kindOf, query } from './fixtures/query.ts';

describe('the text of a query', () => {
  test('may be 10,000 characters long, and no longer', () => {
    const named = (length: number) => `$.${'a'.repeat(length - 2)}`;
    expect(kindOf(named(10_000))).toBe('query');
    expect(kindOf(named(10_001))).toBe('invalid');
  });

  test.each([
    ['parentheses', (depth: number) => `$[?${'('.repeat(depth - 1)}@${')'.repeat(depth - 1)}]`],
    ['filters', (depth: number) => `$${'[?@'.repeat(depth)}${']'.repeat(depth)}`],
    ['calls', (depth: number) => `$[?${'length('.repeat(depth - 1)}@${')'.repeat(depth - 1)}==1]`],
  ])('may have %s 50 deep, and no deeper', (_what, nested) => {
    expect(kindOf(nested(50))).toBe('query');
    expect(kindOf(nested(51))).toBe('invalid');
    expect(kindOf(nested(1_000))).toBe('invalid');
  });

  test('may have any number of them side by side', () => {
    expect(find(`$[?${'(@==1)||'.repeat(200)}@==2]`, [1, 2, 3])).toEqual([1, 2]);
    expect(find(`$[${'?@==1,'.repeat(200)}?@==2]`, [2])).toEqual([2]);
  });

  test('may follow data as deep as it is long', () => {
    const self: Record<string, unknown> = { x: 1 };
    self.a = self;
    expect(query(`$${'.a'.repeat(4_000)}.x`).first(self)).toBe(1);
  });

  test('that walks deeper than the stack finds nothing, and does not throw', () => {
    const self: unknown[] = [];
    self.push(self);
    expect(() => find(`$${'[*]'.repeat(3_300)}`, self)).not.toThrow();
    expect(() => query(`$${'..*'.repeat(3_300)}`).first(self)).not.toThrow();
  });
});

describe('the data', () => {
  const nested = (depth: number): unknown => {
    let data: unknown = { leaf: 'found' };
    for (let i = 0; i < depth; i++) data = [data];
    return data;
  };

  test('is searched 200 levels deep; deeper data has no node', () => {
    // The leaf’s own value is one level below its object.
    expect(find('$..leaf', nested(199))).toEqual(['found']);
    expect(find('$..leaf', nested(200))).toEqual([]);
    expect(find('$..leaf', nested(50_000))).toEqual([]);
  });

  test('may have 100,000 nodes to visit, and no more', () => {
    const numbers = (length: number) => Array.from({ length }, (_, i) => i);
    expect(find('$[*]', numbers(100_000))).toHaveLength(100_000);
    expect(find('$[*]', numbers(100_001))).toEqual([]);
    expect(find('$[:]', numbers(100_001))).toEqual([]);
    expect(find('$[?@>=0]', numbers(100_001))).toEqual([]);
    expect(find('$..*', numbers(50_000))).toHaveLength(50_000);
    expect(find('$..*', numbers(50_001))).toEqual([]);
    expect(query('$[*]').first(numbers(100_001))).toBe(0);
    expect(query('$[?@==100000]').first(numbers(100_001))).toBe(undefined);
  });

  test('may be an array of holes', () => {
    const holes = new Array(4_000_000_000);
    for (const text of ['$[*]', '$..a', '$[::-1]', '$[?@]']) expect(find(text, holes)).toEqual([]);
    expect(find('$[?length(@)==4000000000]', [holes])).toHaveLength(1);
  });

  test('may be deeper than the stack, and compared', () => {
    expect(find('$[?@==$[0]]', [nested(20_000), nested(20_000), nested(20_001)])).toHaveLength(2);
  });
});

describe('the work of a filter', () => {
  const items = (length: number) => Array.from({ length }, () => ({ a: 'a'.repeat(1_000) }));

  test.each([
    ['searches within searches', '$[?!$..none]'],
    ['expensive patterns', "$[?!search(@.a,'(a{1,9}b?){1,5}c')]"],
    ['many conditions', `$[?${'1==2||'.repeat(1_500)}1==1]`],
    ['long paths', `$[?!@${'.a'.repeat(4_500)}]`],
    ['long texts', `$[?${'length(@.a)==1||'.repeat(200)}1==1]`],
  ])('%s: a query that would take too long finds no node', (_what, text) => {
    expect(find(text, items(5))).toHaveLength(5);
    expect(find(text, items(10_000))).toEqual([]);
  });

  test('is shared by all queries of one evaluation, and begins anew with the next', () => {
    const { all } = query('$[?!$..none]');
    for (let i = 0; i < 5; i++) expect(all(items(200))).toHaveLength(200);
  });
});
