import { describe, expect, it } from 'vitest';
import {
  all,
  condition,
  environment,
  feature,
  identity,
  option,
  override,
  type Parts,
  segment,
} from '../fixtures/build.ts';
import { emulation, local } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const ofPlan = (id: number, plan: string, overrides: readonly unknown[]) =>
  segment(id, [all(condition('plan', 'EQUAL', plan))], overrides);

const FEATURES = {
  plain: feature('plain'),
  split: feature('split', {
    enabled: true,
    multivariate_feature_state_values: [option('A', 50), option('B', 50, { id: 2 })],
  }),
  targeted: feature('targeted'),
  paid: feature('paid'),
  own: feature('own'),
};
const before: Required<Parts> = {
  features: Object.values(FEATURES),
  segments: [
    ofPlan(1, 'pro', [override('targeted', 'for pro')]),
    ofPlan(2, 'paid', [override('paid', 'for paid')]),
  ],
  identities: [identity('ann', [override('own', "Ann's")])],
};
const visitors = [
  {},
  { targetingKey: 'jack', plan: 'pro' },
  { targetingKey: 'joe', plan: 'paid' },
  { targetingKey: 'jane', plan: 'free' },
];
const KEYS = Object.keys(FEATURES);

/** The flags whose resolutions are other objects after a change, for at least one visitor. */
async function replacedBy(change: Partial<Parts>): Promise<readonly string[]> {
  const emulator = await serve(environment(before));
  const client = connect(local(emulator));
  await client.ready();
  const readAll = () =>
    visitors.map((visitor) => {
      const snapshot = client.snapshot(visitor);
      return KEYS.map((key) => snapshot.resolve(key));
    });
  const first = readAll();
  emulator.publish(environment({ ...before, ...change }));
  expect((await client.refresh()).refreshes.changed).toBe(2);
  const second = readAll();
  return KEYS.filter((_, i) => visitors.some((_, v) => first[v]?.[i] !== second[v]?.[i]));
}

const withFeature = (changed: Partial<typeof FEATURES>) => ({
  features: Object.values({ ...FEATURES, ...changed }),
});

describe('after a refresh, the resolutions of a flag are the very same objects', () => {
  it.each<readonly [string, Partial<Parts>, readonly string[]]>([
    ['nothing is different but the date', {}, []],
    ['the order of the features is', { features: before.features.toReversed() }, []],
    ['a flag is new', { features: [...before.features, feature('new')] }, []],
    [
      "a flag's value is",
      withFeature({ plain: feature('plain', { feature_state_value: 'other' }) }),
      ['plain'],
    ],
    [
      'a share is',
      withFeature({
        split: { ...FEATURES.split, multivariate_feature_state_values: [option('A', 100)] },
      }),
      ['split'],
    ],
    [
      "a segment's rule is",
      {
        segments: [
          ofPlan(1, 'free', [override('targeted', 'for pro')]),
          ...before.segments.slice(1),
        ],
      },
      ['targeted'],
    ],
    ['a segment is gone', { segments: before.segments.slice(0, 1) }, ['paid']],
    ['an identity has other flags of its own', { identities: [] }, []],
  ])('unless it is changed itself: when %s', async (_what, change, replaced) => {
    expect(await replacedBy(change)).toEqual(replaced);
  });

  it('but for those of one identity, which are made anew, and equal', async () => {
    const emulator = await serve(environment(before));
    const client = connect(local(emulator));
    await client.ready();
    const first = client.snapshot({ targetingKey: 'ann' }).resolve('own');
    emulator.publish(environment(before));
    await client.refresh();
    expect(client.snapshot({ targetingKey: 'ann' }).resolve('own')).toEqual(first);
    expect(first.value).toBe("Ann's");
  });
});
