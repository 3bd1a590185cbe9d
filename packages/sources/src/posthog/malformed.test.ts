import { createSnapshot } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDefinitions, anyPerson } from './fixtures/arbitraries.ts';
import { all, condition, definitions, flag, flagIf, inCohort, property } from './fixtures/build.ts';
import { contextOf } from './fixtures/case.ts';
import { NOW, resolve } from './fixtures/read.ts';
import { compile, type PosthogDefinitions, type PosthogFlag, parse } from './index.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_127);

const isPro = property('plan', 'exact', 'pro');
const pro = { plan: 'pro' };

/** A flag that is malformed: it is read, and what is said of it. */
function attempt(filters: unknown, cohorts: unknown = {}) {
  const written = { ...definitions([flag('f1', filters as never)]), cohorts } as PosthogDefinitions;
  const ruleset = compile(written);
  const resolution = resolve(ruleset, 'f1', pro);
  return { resolution, diagnostics: ruleset.diagnostics };
}

describe('a malformed flag', () => {
  it.each([
    ['conditions that are no list', { groups: 'x' }, 'filters.groups'],
    ['a condition that is none', { groups: [null] }, 'filters.groups[0]'],
    ['a condition that is a list', { groups: [[]] }, 'filters.groups[0]'],
    ['filters that are no list', { groups: [{ properties: {} }] }, 'filters.groups[0].properties'],
    ['a filter that is none', { groups: [{ properties: [7] }] }, 'filters.groups[0].properties'],
    [
      'variants that are no list',
      { groups: [{}], multivariate: { variants: 'x' } },
      'filters.multivariate.variants',
    ],
    [
      'a variant without a key',
      { groups: [{}], multivariate: { variants: [{}] } },
      'filters.multivariate.variants',
    ],
  ])('with %s is an error that PostHog may still decide', (_what, filters, path) => {
    const { resolution, diagnostics } = attempt(filters);
    expect(resolution).toMatchObject({
      reason: 'ERROR',
      errorCode: 'PARSE_ERROR',
      remote: { kind: 'inconclusive', cause: 'unsupported_definition' },
    });
    expect(diagnostics).toContainEqual(
      expect.objectContaining({ flagKey: 'f1', path, severity: 'error' }),
    );
  });

  it('is decided by what comes before', () => {
    expect(attempt({ groups: [condition([isPro]), null] }).resolution.value).toBe(true);
  });

  it.each([
    ['values that are no list', { type: 'AND', values: {} }, 'cohorts["1"].values'],
    ['a first value that is none', { type: 'AND', values: [null] }, 'cohorts["1"].values'],
    ['a value that is none', { type: 'AND', values: [isPro, 7] }, 'cohorts["1"].values[1]'],
  ])('may be so for a cohort with %s', (_what, cohort, path) => {
    const { resolution, diagnostics } = attempt(
      { groups: [condition([inCohort(1)])] },
      { '1': cohort },
    );
    expect(resolution.errorCode).toBe('PARSE_ERROR');
    expect(diagnostics).toContainEqual(expect.objectContaining({ path, severity: 'error' }));
  });

  it('without a key is left out, and told of', () => {
    const flags = [null, 7, {}, { key: 5 }, flag('f1')] as unknown as PosthogFlag[];
    const ruleset = compile(definitions(flags));
    expect(ruleset.flagKeys).toEqual(['f1']);
    expect(ruleset.diagnostics.map(({ path }) => path)).toEqual(
      [0, 1, 2, 3].map((i) => `flags[${i}]`),
    );
  });
});

describe('what is sound but cannot be evaluated here', () => {
  it('is told of as a warning', () => {
    const ruleset = compile(
      definitions([flagIf('f1', property('plan', 'between', 'x')), flagIf('f2', inCohort(1))], {
        cohorts: { '1': all(inCohort(1)) },
      }),
    );
    resolve(ruleset, 'f1', pro);
    resolve(ruleset, 'f2', pro);
    expect(ruleset.diagnostics).toEqual([
      {
        flagKey: 'f1',
        path: 'filters.groups[0].properties[0].operator',
        severity: 'warning',
        message: expect.stringContaining('"between"'),
      },
      {
        path: 'cohorts["1"].values[0]',
        severity: 'warning',
        message: expect.stringContaining('depends on itself'),
      },
    ]);
  });

  it('is told of properties that contexts keep for themselves', () => {
    const ruleset = compile(definitions([flagIf('f1', property('groups', 'exact', 'x'))]));
    resolve(ruleset, 'f1', pro);
    expect(ruleset.diagnostics[0]?.message).toMatch(/contexts keep that name/);
  });
});

describe('definitions', () => {
  it('may begin with a byte order mark', () => {
    expect(parse('\ufeff{"flags":[]}')).toEqual({ flags: [] });
  });

  it('of one key count as the last of them', () => {
    const ruleset = compile(definitions([flag('f1', { groups: [] }), flag('f2'), flag('f1')]));
    expect(ruleset.flagKeys).toEqual(['f1', 'f2']);
    expect(resolve(ruleset, 'f1', {}).value).toBe(true);
  });

  it('may have flags with any name', () => {
    const keys = ['__proto__', 'toString', 'constructor', ''];
    const ruleset = compile(definitions(keys.map((key) => flag(key))));
    for (const key of keys) expect(resolve(ruleset, key, {}).value, key).toBe(true);
  });
});

/** A place in definitions, as steps that are taken modulo what is there, and what is put there. */
const mutation = fc.record({
  steps: fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }),
  put: fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(null, [], {}, '', 0, -1, true, [null], [[]], {
      toString: 1,
      valueOf: 1,
    }),
  ),
});

function mutate(written: unknown, steps: readonly number[], put: unknown): void {
  let holder = written as Record<string, unknown>;
  for (const [i, step] of steps.entries()) {
    const keys = Object.keys(holder);
    const key = keys[step % keys.length];
    if (key === undefined) return;
    const next = holder[key];
    if (i === steps.length - 1 || typeof next !== 'object' || next === null) {
      holder[key] = structuredClone(put);
      return;
    }
    holder = next as Record<string, unknown>;
  }
}

it('damaged definitions are refused, or work as far as they are sound', {
  timeout: 900_000,
}, () => {
  let used = 0;
  const survive = fc.property(
    anyDefinitions,
    fc.array(mutation, { minLength: 1, maxLength: 4 }),
    anyPerson,
    (sound, mutations, person) => {
      const damaged = JSON.parse(JSON.stringify(sound));
      for (const { steps, put } of mutations) mutate(damaged, steps, put);
      let ruleset: ReturnType<typeof compile>;
      try {
        ruleset = compile(JSON.stringify(damaged));
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'INVALID_DEFINITIONS' });
        return;
      }
      const context = contextOf(person);
      const snapshot = createSnapshot(ruleset, context, { now: NOW });
      const bulk = createSnapshot(ruleset, context, { now: NOW }).all();
      for (const key of ruleset.flagKeys) {
        const resolution = snapshot.resolve(key);
        expect(bulk.get(key)).toEqual(resolution);
        expect(snapshot.explain(key).resolution).toEqual(resolution);
        expect(() => JSON.stringify(ruleset.definitionOf?.(key))).not.toThrow();
      }
      used++;
    },
  );
  const numRuns = SOAK ? 50_000 : 2_000;
  fc.assert(survive, { seed: SEED, numRuns });
  expect(used).toBeGreaterThan(numRuns / 3);
});
