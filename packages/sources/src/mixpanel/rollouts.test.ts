import { describe, expect, it } from 'vitest';
import { flag, rollout, variants } from './fixtures/build.ts';
import { read, readAs, resolve } from './fixtures/read.ts';
import type { MixpanelFlag } from './wire.ts';

describe('a rollout', () => {
  it('takes those below its percentage, to the hundredth', () => {
    // user-7 is at 0.29 and user-112 at 0.30 among the variants of `fp`.
    const shares = (limit: number) => flag('fp', { variants: variants({ a: limit, b: 0 }) });
    expect(readAs(shares(0.29), 'user-7')).toBe('b');
    expect(readAs(shares(0.291), 'user-7')).toBe('a');
    expect(readAs(shares(0.3), 'user-112')).toBe('b');
    const taken = (percentage: number) =>
      ['user-13', 'user-25'].map((id) =>
        readAs(flag('flag', { rollout: [rollout({ rollout_percentage: percentage })] }), id),
      );
    // At 0.00 and 0.99.
    expect(taken(0)).toEqual(['NO_ROLLOUT_MATCH', 'NO_ROLLOUT_MATCH']);
    expect(taken(-1)).toEqual(['NO_ROLLOUT_MATCH', 'NO_ROLLOUT_MATCH']);
    expect(taken(0.005)).toEqual(['on', 'NO_ROLLOUT_MATCH']);
    expect(taken(0.99)).toEqual(['on', 'NO_ROLLOUT_MATCH']);
    expect(taken(0.995)).toEqual(['on', 'on']);
    expect(taken(100)).toEqual(['on', 'on']);
  });

  it('takes nobody without a percentage', () => {
    expect(read(flag('f1', { rollout: [{}] }))).toBe('NO_ROLLOUT_MATCH');
    expect(read(flag('f1', { rollout: [rollout({ rollout_percentage: null })] }))).toBe(
      'NO_ROLLOUT_MATCH',
    );
  });

  it('may be absent, and then nobody is taken', () => {
    for (const none of [[], null, undefined]) {
      expect(read(flag('f1', { rollout: none }))).toBe('NO_ROLLOUT_MATCH');
    }
  });

  it('gives the variant that it names, ignoring case, and else one by the shares', () => {
    const overriding = (key: string) =>
      read(
        flag('f1', {
          variants: variants({ a: 1, Bee: 0, bee: 0 }),
          rollout: [rollout({ variant_override: { key } })],
        }),
      );
    expect(overriding('BEE')).toBe('Bee');
    expect(overriding('nope')).toBe('a');
    expect(overriding('')).toBe('a');
  });

  it('gives the variant without a name where it names none, which no tester gets', () => {
    const unnamed = flag('f1', {
      variants: variants({ a: 1, '': 0 }),
      rollout: [rollout({ variant_override: { key: '' } })],
      test: { users: { 'user-1': '' } },
    });
    expect(resolve(unnamed)).toMatchObject({ variant: '', flagMetadata: { is_qa_tester: false } });
  });

  it('is not known by its cohort here, and is evaluated without', () => {
    expect(read(flag('f1', { rollout: [rollout({ cohort_hash: 'c1' })] }))).toBe('on');
  });
});

describe('a tester', () => {
  const testing = (users: object, others: Partial<MixpanelFlag> = {}) =>
    flag(
      'f1',
      {
        variants: variants({ a: 1, Bee: 0, bee: 0 }),
        rollout: [rollout({ rollout_percentage: 0 })],
        test: { users: users as never },
      },
      others,
    );

  it('gets their variant whatever the rollouts say, and is told to be one', () => {
    const resolution = resolve(testing({ 'user-1': 'bEE' }));
    expect(resolution).toMatchObject({ variant: 'Bee', flagMetadata: { is_qa_tester: true } });
    expect(read(testing({ 'user-2': 'bee' }))).toBe('NO_ROLLOUT_MATCH');
  });

  it.each([['nope'], [''], [null], [7]])('of %j is a visitor like any other', (key) => {
    expect(read(testing({ 'user-1': key }))).toBe('NO_ROLLOUT_MATCH');
  });

  it('is known by the distinct id, whatever the flag hashes', () => {
    const byDevice = testing({ 'user-1': 'a', 'd-1': 'bee', 5: 'a' }, { context: 'device_id' });
    expect(read(byDevice, { device_id: 'd-1' })).toBe('a');
    expect(read(byDevice, { device_id: 'd-1', distinct_id: 'd-1' })).toBe('Bee');
    expect(read(byDevice, { device_id: 'd-1', distinct_id: 5 })).toBe('a');
    expect(read(byDevice, { device_id: 'd-1', distinct_id: null })).toBe('NO_ROLLOUT_MATCH');
    expect(read(byDevice)).toBe('TARGETING_KEY_MISSING');
  });

  it.each([[0], [false], [''], [null]])('is not %j, whatever is listed', (distinct_id) => {
    const users = { 0: 'a', false: 'a', '': 'a', null: 'a', undefined: 'a' };
    const written = testing(users, { context: 'device_id' });
    expect(read(written, { device_id: 'd-1', distinct_id } as never)).toBe('NO_ROLLOUT_MATCH');
  });

  it('may be named after what every object has, where the flag lists them', () => {
    for (const distinct_id of ['constructor', 'toString', '__proto__']) {
      expect(read(testing({ x: 'a' }), { distinct_id })).toBe('NO_ROLLOUT_MATCH');
      expect(read(testing(JSON.parse(`{"${distinct_id}":"a"}`)), { distinct_id })).toBe('a');
    }
  });
});
