import { expect, it } from 'vitest';
import { HOSTILE_KEYS, hostileContexts } from '../index.ts';

const contexts = hostileContexts(['targetingKey', 'plan']);
const context = (what: string) => contexts.get(what) as Record<string, unknown>;

it.each([
  'every attribute throws when it is read',
  'a proxy whose traps throw',
  'a revoked proxy',
  'null',
  'undefined',
])('throws at a careless reader: %s', (what) => {
  expect(contexts.has(what)).toBe(true);
  expect(() => context(what).plan).toThrow();
});

it('has attributes that throw when they are converted', () => {
  const { plan } = context('every attribute is an object that throws when converted');
  expect(() => `${plan}`).toThrow('hostile');
  expect(() => JSON.stringify(plan)).toThrow('hostile');
});

it('has a context that contains itself', () => {
  const cycle = context('every attribute is the context itself');
  expect(cycle.plan).toBe(cycle);
  expect(() => JSON.stringify(cycle)).toThrow('circular');
});

it('has attributes that are not own ones', () => {
  const heir = context('inherited attributes');
  expect(heir.plan).toBe('inherited');
  expect(Object.keys(heir)).toEqual([]);
});

it('makes each attribute named hostile, whatever its name', () => {
  const named = hostileContexts(['__proto__']).get('every attribute is NaN') as object;
  expect(Object.entries(named)).toEqual([['__proto__', Number.NaN]]);
});

it('has keys that plain objects inherit', () => {
  expect(HOSTILE_KEYS.filter((key) => key in {})).toContain('constructor');
  expect(new Set(HOSTILE_KEYS).size).toBe(HOSTILE_KEYS.length);
});
