import { createSnapshot } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from './fixtures/arbitraries.ts';
import { all, definitions, dependsOn, flag, flagIf, inCohort, property } from './fixtures/build.ts';
import { contextOf, describeCase } from './fixtures/case.ts';
import { read, resolve } from './fixtures/read.ts';
import { compile, type PosthogDefinitions, type PosthogRuleset } from './index.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const NUM_RUNS = SOAK ? 20_000 : 1_000;
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_129);

const isPro = property('plan', 'exact', 'pro');

/** As the next fetch gives it: equal, and yet nothing of it the same object. */
function fetchedAgain(written: PosthogDefinitions, previous: PosthogRuleset): PosthogRuleset {
  return compile(JSON.stringify(written), { previous });
}

it(`lazy reads in any order, bulk reads and single reads agree in ${NUM_RUNS} random cases`, {
  timeout: 900_000,
}, () => {
  const agree = fc.property(anyCase, fc.array(fc.nat(100), { minLength: 5 }), (subject, ranks) => {
    const { definitions: written, evaluationContexts, person, now } = subject;
    const context = contextOf(person);
    const ruleset = compile(written, { evaluationContexts });
    const keys = ruleset.flagKeys.toSorted(
      (a, b) =>
        (ranks[ruleset.flagKeys.indexOf(a)] ?? 0) - (ranks[ruleset.flagKeys.indexOf(b)] ?? 0),
    );
    const lazy = createSnapshot(ruleset, context, { now });
    const inOrder = new Map(keys.map((key) => [key, lazy.resolve(key)]));
    const bulk = createSnapshot(compile(written, { evaluationContexts }), context, { now }).all();
    const mixed = createSnapshot(ruleset, context, { now });
    const first = keys[0] === undefined ? undefined : mixed.resolve(keys[0]);
    expect([...mixed.all()], describeCase(subject)).toEqual([...bulk]);
    for (const key of keys) {
      const alone = createSnapshot(compile(written, { evaluationContexts }), context, { now });
      expect(inOrder.get(key), describeCase(subject)).toEqual(alone.resolve(key));
      expect(bulk.get(key), describeCase(subject)).toEqual(inOrder.get(key));
    }
    if (keys[0] !== undefined) expect(first).toEqual(bulk.get(keys[0]));
  });
  fc.assert(agree, { seed: SEED, numRuns: NUM_RUNS });
});

describe('a read', () => {
  it('touches no other flag, and only the cohorts that the flag names', () => {
    const untouchable = new Proxy(
      {},
      {
        get: () => {
          throw new Error('touched');
        },
        ownKeys: () => {
          throw new Error('touched');
        },
      },
    );
    const written = definitions(
      [flagIf('f1', inCohort(1), dependsOn('f2')), flagIf('f2', isPro), flag('f3', untouchable)],
      { cohorts: { '1': all(isPro), '2': untouchable } },
    );
    expect(read(written, 'f1', { plan: 'pro' })).toBe(true);
  });

  it('asks for the time only where a date is relative', () => {
    const written = definitions([
      flagIf('f1', isPro),
      flagIf('f2', property('joined', 'is_date_after', '-1d')),
    ]);
    let readings = 0;
    const now = () => {
      readings++;
      return Date.UTC(2026, 0, 2);
    };
    const context = { targetingKey: 'ann', plan: 'pro', joined: '2026-01-01T12:00:00Z' };
    const snapshot = createSnapshot(compile(written), context, { now });
    expect([snapshot.resolve('f1').value, readings]).toEqual([true, 0]);
    expect([snapshot.resolve('f2').value, readings]).toEqual([true, 1]);
  });

  it('gives the same object to all who are answered the same', () => {
    const ruleset = compile(definitions([flag('f1', { groups: [{ rollout_percentage: 50 }] })]));
    const answers = Array.from({ length: 50 }, (_, i) =>
      resolve(ruleset, 'f1', { targetingKey: `user-${i}` }),
    );
    expect(new Set(answers).size).toBe(2);
    expect(answers.every(Object.isFrozen)).toBe(true);
  });
});

describe('a ruleset that follows another', () => {
  const written = definitions([flagIf('f1', isPro), flag('f2')]);

  it('gives the same objects for flags that are unchanged, over several generations', () => {
    const first = compile(written);
    const before = resolve(first, 'f1', { plan: 'pro' });
    const second = fetchedAgain(written, first);
    const third = fetchedAgain(written, second);
    expect(resolve(third, 'f1', { plan: 'pro' })).toBe(before);
    const changed = definitions([flagIf('f1', isPro, isPro), flag('f2')]);
    expect(resolve(fetchedAgain(changed, third), 'f1', { plan: 'pro' })).not.toBe(before);
  });

  it('follows changes of what a flag refers to', () => {
    const of = (plan: string) =>
      definitions([flagIf('f1', inCohort(1))], {
        cohorts: { '1': all(property('plan', 'exact', plan)) },
      });
    const first = compile(of('pro'));
    expect(read(first, 'f1', { plan: 'pro' })).toBe(true);
    expect(read(fetchedAgain(of('free'), first), 'f1', { plan: 'pro' })).toBe(false);
    expect(read(first, 'f1', { plan: 'pro' })).toBe(true);
  });

  it('tells again whether events may leave things out', () => {
    const first = compile(written);
    resolve(first, 'f2', {});
    const minimal = { ...written, minimal_flag_called_events: true };
    const second = fetchedAgain(minimal, first);
    expect(second.minimalFlagCalledEvents).toBe(true);
    expect(resolve(second, 'f2', {}).flagMetadata).toMatchObject({ 'posthog.minimalEvents': true });
  });

  it('ignores rulesets of other backends', () => {
    const alien = { ...compile(written), source: 'acme', resolve: () => ({}) };
    expect(read(compile(written, { previous: alien as never }), 'f2')).toBe(true);
  });
});

describe('what decides a flag', () => {
  const related = definitions([flagIf('f1', inCohort(1)), flagIf('f2', isPro), flag('f3')], {
    cohorts: { '1': all(dependsOn('f2')), '2': all(isPro) },
  });
  const definitionOf = (key: string, others: Partial<PosthogDefinitions> = {}) =>
    compile({ ...related, ...others }).definitionOf?.(key);

  it('is the flag with the cohorts and flags that it refers to', () => {
    expect(definitionOf('f1')).toEqual({
      flag: related.flags[0],
      related: { 'cohort:1': related.cohorts?.['1'], 'flag:f2': related.flags[1] },
      groupTypes: related.group_type_mapping,
      matchingVersion: null,
    });
    expect(definitionOf('f3')).toMatchObject({ related: {} });
    expect(definitionOf('nowhere')).toBeUndefined();
  });

  it('is another where the matching is', () => {
    expect(definitionOf('f3', { property_matching_version: 2 })).not.toEqual(definitionOf('f3'));
  });
});
