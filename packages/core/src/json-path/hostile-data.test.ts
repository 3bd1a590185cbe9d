import { describe, expect, test } from 'vitest';
import { find, query } from './fixtures/query.ts';

const throwing = (): never => {
  throw new Error('read');
};

describe('a getter that throws', () => {
  const root = {
    get a(): never {
      return throwing();
    },
    b: { c: 1 },
  };

  test('is no node, and its neighbours are', () => {
    expect(query('$.a').first(root)).toBe(undefined);
    expect(find('$.a', root)).toEqual([]);
    expect(find('$.a.b', root)).toEqual([]);
    expect(find('$.*', root)).toEqual([{ c: 1 }]);
    expect(find('$..c', root)).toEqual([1]);
    expect(find("$['a','b']", root)).toEqual([{ c: 1 }]);
    expect(find('$[?@.a]', [root, { a: 1 }])).toEqual([{ a: 1 }]);
    expect(find('$[?length(@)==1]', [root])).toEqual([root]);
  });
});

describe('a proxy whose traps throw', () => {
  const { proxy: revoked, revoke } = Proxy.revocable<unknown[]>([], {});
  revoke();
  const traps: ProxyHandler<object> = {
    get: throwing,
    getOwnPropertyDescriptor: throwing,
    getPrototypeOf: throwing,
    has: throwing,
    ownKeys: throwing,
  };

  test.each(['$.a', '$[0]', '$.*', '$..a', '$[?@.a==1]', '$[?@==$[0]]', '$[:]'])(
    'does not make %s throw',
    (text) => {
      for (const hostile of [new Proxy({}, traps), new Proxy([], traps), revoked]) {
        expect(query(text).first(hostile)).toBe(undefined);
        expect(find(text, hostile)).toEqual([]);
        expect(() => query(text).first([hostile, { a: hostile }])).not.toThrow();
        expect(() => find(text, [hostile, { a: hostile }])).not.toThrow();
      }
    },
  );
});

describe('cyclic data', () => {
  const cycle: Record<string, unknown> = { a: 1 };
  cycle.self = cycle;
  cycle.list = [cycle, cycle];

  test('is walked as far as a query says', () => {
    expect(query('$.self.self.list[0].a').first(cycle)).toBe(1);
    expect(find('$.list[*].self.a', cycle)).toEqual([1, 1]);
  });

  test('gives the first node of a descendant segment, and of a search without end none', () => {
    expect(query('$..a').first(cycle)).toBe(1);
    expect(query('$..missing').first(cycle)).toBe(undefined);
    expect(find('$..a', cycle)).toEqual([]);
    expect(find('$[?@..missing]', cycle)).toEqual([]);
    expect(find('$[?!@..missing]', cycle)).toEqual([]);
  });

  test('that is compared with its like ends, without a node', () => {
    const twin: Record<string, unknown> = {};
    twin.self = twin;
    const other: Record<string, unknown> = {};
    other.self = other;
    expect(find('$[?@==$[0]]', [twin, other])).toEqual([]);
    expect(query('$[?@==$[0]]').first([twin, other])).toBe(twin);
  });
});
