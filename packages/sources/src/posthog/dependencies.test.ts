import { createSnapshot } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import {
  all,
  condition,
  definitions,
  dependsOn,
  flag,
  flagIf,
  inCohort,
  property,
  variants,
} from './fixtures/build.ts';
import { read, resolve, UNRESOLVED, UNSUPPORTED } from './fixtures/read.ts';
import { compile, type PosthogProperty } from './index.ts';

const isPro = property('plan', 'exact', 'pro');
const pro = { plan: 'pro' };
const variant = flag('f2', {
  groups: [{ variant: 'b' }],
  multivariate: variants({ a: 100, b: 0 }),
});

describe('a filter on another flag', () => {
  it.each([
    [true, true],
    [false, false],
    ['b', true],
    ['B', false],
    ['true', false],
    [1, false],
    [null, false],
    [['b'], false],
  ])('that wants %j of a variant: %s', (value, expected) => {
    const written = definitions([flagIf('f1', dependsOn('f2', value)), variant]);
    expect(read(written, 'f1')).toBe(expected);
  });

  it('sees false where the other flag is off, not active, or not for here', () => {
    const written = definitions([
      flagIf('f1', dependsOn('off', false), dependsOn('retired', false), dependsOn('there', false)),
      flagIf('off', property('plan', 'exact', 'free')),
      flag('retired', { groups: [{}] }, { active: false }),
      flag('there', { groups: [{}] }, { evaluation_contexts: ['app'] }),
    ]);
    const options = { evaluationContexts: ['server'] };
    expect(resolve(written, 'f1', pro, options).value).toBe(true);
    expect(resolve(written, 'there', pro, options).errorCode).toBe('FLAG_NOT_FOUND');
  });

  it.each([
    ['no chain', { dependency_chain: undefined }],
    ['a chain that is no list', { dependency_chain: 'f2' }],
    ['an empty chain', { dependency_chain: [] }],
    ['a flag that is missing', { dependency_chain: ['nowhere', 'f2'] }],
    ['a name that every object has', { dependency_chain: ['toString'] }],
  ])('with %s leaves it open', (_what, change) => {
    const filter = { ...dependsOn('f2'), ...change } as PosthogProperty;
    const written = definitions([flagIf('f1', filter), flag('f2')]);
    expect(read(written, 'f1')).toBe(UNSUPPORTED);
  });

  it('is open where the other flag is, and for PostHog where that is', () => {
    const written = definitions([
      flagIf('f1', dependsOn('f3')),
      flagIf('f2', dependsOn('f4')),
      flagIf('f3', isPro),
      flagIf('f4', inCohort('static')),
    ]);
    expect(read(written, 'f1')).toBe(UNRESOLVED);
    expect(read(written, 'f2')).toBe('requires-server unresolved_dependency');
  });

  it('evaluates its chain in order, and the other flag by its own rules', () => {
    const written = definitions([
      flagIf('f1', dependsOn('f3', true, ['f2', 'f3'])),
      flagIf('f2', isPro),
      flagIf('f3', dependsOn('f2')),
    ]);
    expect(read(written, 'f1', pro)).toBe(true);
    expect(read(written, 'f1', { plan: 'free' })).toBe(false);
    const ofGroups = definitions([
      flagIf('f1', dependsOn('f2')),
      flag('f2', { aggregation_group_type_index: 0, groups: [{}] }),
    ]);
    expect(read(ofGroups, 'f1', { groups: { company: 'acme' } })).toBe(true);
    expect(read(ofGroups, 'f1', {})).toBe(false);
  });

  it('within a cohort may be turned round', () => {
    const written = definitions([flagIf('f1', inCohort(1)), flagIf('f2', isPro)], {
      cohorts: { '1': all({ ...dependsOn('f2'), negation: true }) },
    });
    expect(read(written, 'f1', pro)).toBe(false);
    expect(read(written, 'f1', { plan: 'free' })).toBe(true);
  });

  it('on a flag outside its chain sees it only if something evaluated it on the way', () => {
    const written = definitions([
      flagIf('f1', dependsOn('f3', true, ['f2'])),
      flagIf('f2', dependsOn('f3')),
      flag('f3'),
      flagIf('f4', dependsOn('f3', true, ['f5'])),
      flag('f5'),
    ]);
    const snapshot = createSnapshot(compile(written), { targetingKey: 'ann' });
    const values = () => ['f1', 'f4', 'f3', 'f4', 'f1'].map((key) => snapshot.resolve(key).value);
    expect(values()).toEqual([true, false, true, false, true]);
    expect([...snapshot.all()].map(([key, { value }]) => `${key} ${value}`)).toEqual([
      ...['f1 true', 'f2 true', 'f3 true', 'f4 false', 'f5 true'],
    ]);
  });
});

describe('flags that depend on themselves', () => {
  it.each([
    ['at once', [flagIf('f1', dependsOn('f1'))]],
    ['by another', [flagIf('f1', dependsOn('f2')), flagIf('f2', dependsOn('f1'))]],
    [
      'by a cohort',
      [flagIf('f1', inCohort(1)), flagIf('f2', dependsOn('f1')), flagIf('f3', inCohort(1))],
    ],
  ])('%s are open, whichever is read first', (_what, flags) => {
    const written = definitions(flags, { cohorts: { '1': all(dependsOn('f2')) } });
    const keys = flags.map(({ key }) => key);
    const inOrder = (order: readonly string[]) => {
      const snapshot = createSnapshot(compile(written), { targetingKey: 'ann' });
      return new Map(order.map((key) => [key, snapshot.resolve(key).remote]));
    };
    const forwards = inOrder(keys);
    expect(forwards.get('f1')?.kind).toBe('inconclusive');
    for (const [key, remote] of inOrder(keys.toReversed()))
      expect(forwards.get(key)).toEqual(remote);
    const bulk = createSnapshot(compile(written), { targetingKey: 'ann' }).all();
    for (const [key, { remote }] of bulk) expect(forwards.get(key)).toEqual(remote);
  });

  it('are decided by conditions that need nothing of that', () => {
    const written = definitions([
      flag('f1', { groups: [condition([dependsOn('f2')]), condition([isPro])] }),
      flagIf('f2', dependsOn('f1')),
    ]);
    expect(read(written, 'f1', pro)).toBe(true);
    expect(read(written, 'f2', pro)).toBe(UNSUPPORTED);
  });

  it('are none where the flag that leads back is not active', () => {
    const written = definitions([
      flagIf('f1', dependsOn('f2', false)),
      flag('f2', { groups: [condition([dependsOn('f1')])] }, { active: false }),
    ]);
    expect(read(written, 'f1')).toBe(true);
  });
});

describe('flags in a row', () => {
  const row = (length: number) =>
    definitions(
      Array.from({ length }, (_, i) =>
        i === length - 1 ? flag(`f${i}`) : flagIf(`f${i}`, dependsOn(`f${i + 1}`)),
      ),
    );

  it('are evaluated from the last to the first', () => {
    expect(read(row(200), 'f0')).toBe(true);
  });

  it('that is too long are left to PostHog, without an exception', () => {
    expect(read(row(20_000), 'f0')).toBe(UNSUPPORTED);
  });
});
