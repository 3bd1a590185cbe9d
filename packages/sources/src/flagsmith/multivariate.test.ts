import { describe, expect, it } from 'vitest';
import { environment, feature, option, override, read, segment } from './fixtures/build.ts';
import { percentageOf } from './fixtures/percentage-of.ts';
import { evaluateContext } from './index.ts';

describe('a multivariate feature', () => {
  // Listed against their order, which is that of their numbers.
  const document = environment({
    features: [
      feature('f1', {
        django_id: 100,
        feature_state_value: 'control value',
        multivariate_feature_state_values: [
          option('B', 30, { id: 20, multivariate_feature_option: { value: 'B', key: 'bee' } }),
          option('A', 30, { id: 10, multivariate_feature_option: { value: 'A', key: 'ay' } }),
        ],
      }),
    ],
  });

  it.each([
    ['user-2', 'A', 'ay', 'SPLIT; weight=30'],
    ['user-7', 'B', 'bee', 'SPLIT; weight=30'],
    ['user-0', 'control value', 'control', 'DEFAULT'],
    ['café', 'A', 'ay', 'SPLIT; weight=30'],
    ['ユーザー', 'B', 'bee', 'SPLIT; weight=30'],
    ['x'.repeat(300), 'A', 'ay', 'SPLIT; weight=30'],
  ])('gives %s the option %s', (targetingKey, value, variant, reason) => {
    expect(read(document, 'f1', { targetingKey })).toMatchObject({ value, variant, reason });
  });

  it('gives nobody in particular its own value, and no variant', () => {
    const answer = { value: 'control value', variant: null, reason: 'DEFAULT' };
    expect(read(document, 'f1', {})).toMatchObject(answer);
    expect(read(document, 'f1', { targetingKey: '' })).toMatchObject(answer);
  });

  const half = (rest: object = {}) =>
    environment({
      features: [feature('f1', { multivariate_feature_state_values: [option('A', 50)], ...rest })],
    });

  it.each([
    ['user-17542', 'default'],
    ['user-2352', 'A'],
    ['user-3790', 'default'],
  ])('reaches up to its share, and not to the end of it: %s gets %s', (targetingKey, value) => {
    expect(read(half(), 'f1', { targetingKey }).value).toBe(value);
  });

  it.each([
    ['the number of its state', { django_id: 7, featurestate_uuid: 'uuid' }, '7'],
    ['the UUID where there is no number', { django_id: null, featurestate_uuid: 'uuid' }, 'uuid'],
    ['the UUID where the number is zero', { django_id: 0, featurestate_uuid: 'uuid' }, 'uuid'],
  ])('is split by %s', (_name, rest, key) => {
    for (let i = 0; i < 30; i++) {
      const isIn = percentageOf([key, `ENV_user-${i}`]) < 50;
      const { value } = read(half(rest), 'f1', { targetingKey: `user-${i}` });
      expect(value).toBe(isIn ? 'A' : 'default');
    }
  });

  it('that a segment overrides is split by the override’s number', () => {
    const everybody = [{ type: 'ALL' }];
    const split = override('f1', 'rest', {
      django_id: 55,
      multivariate_feature_state_values: [option('A', 50)],
    });
    const overridden = environment({ segments: [segment(1, everybody, [split])] });
    for (let i = 0; i < 30; i++) {
      const isIn = percentageOf(['55', `ENV_user-${i}`]) < 50;
      expect(read(overridden, 'f1', { targetingKey: `user-${i}` })).toMatchObject({
        value: isIn ? 'A' : 'rest',
        variant: isIn ? 'a' : 'control',
        reason: isIn ? 'SPLIT; weight=50' : 'TARGETING_MATCH; segment=s1',
      });
    }
  });

  it.each([
    ['numbers before UUIDs', { id: 2 ** 40 }, {}, 'First'],
    ['UUIDs as the numbers they are', { mv_fs_value_uuid: `0${'f'.repeat(31)}` }, {}, 'First'],
    ['a number of zero as none', { id: 5 }, { id: 0 }, 'First'],
    ['equal numbers as they are written', { id: 5 }, { id: 5 }, 'First'],
    ['lower numbers first', { id: 5 }, { id: 4 }, 'Second'],
  ])('orders its options: %s', (_name, first, second, value) => {
    const uuid = { id: null, mv_fs_value_uuid: '10000000-0000-0000-0000-000000000000' };
    const options = [
      option('First', 100, { ...uuid, ...first }),
      option('Second', 100, { ...uuid, ...second }),
    ];
    const ordered = environment({
      features: [feature('f1', { multivariate_feature_state_values: options })],
    });
    expect(read(ordered, 'f1', { targetingKey: 'jane' }).value).toBe(value);
  });

  it.each([
    ['', ''],
    [null, null],
    [undefined, null],
    ['control', 'control'],
  ])('calls an option by its key %j', (key, variant) => {
    const only = option('A', 100, { multivariate_feature_option: { value: 'A', key } });
    const named = environment({
      features: [feature('f1', { multivariate_feature_state_values: [only] })],
    });
    expect(read(named, 'f1', { targetingKey: 'jane' }).variant).toBe(variant);
  });

  it('never chooses options without a share, and leaves the rest to the control', () => {
    const options = [option('None', 0, { id: 1 }), option('A', 54.54, { id: 2 })];
    const document54 = environment({
      features: [feature('f1', { multivariate_feature_state_values: options })],
    });
    const seen = Array.from({ length: 60 }, (_, i) => {
      const { value, reason } = read(document54, 'f1', { targetingKey: `user-${i}` });
      return `${value} ${reason}`;
    });
    expect(new Set(seen)).toEqual(new Set(['A SPLIT; weight=54.54', 'default DEFAULT']));
  });

  it('is split by the key that the engine is given, rather than by the one it would make', () => {
    const variants = [{ value: 'A', weight: 50 }];
    const f1 = { key: '1', name: 'f1', enabled: true, value: 'control', variants };
    const flagOf = (key: string | null | undefined) =>
      evaluateContext({
        environment: { key: 'ENV' },
        identity: { identifier: 'user-1', key },
        features: { f1 },
      }).flags.f1?.value;
    expect(flagOf('31')).toBe('A');
    for (const missing of [undefined, null, '']) expect(flagOf(missing)).toBe('control');
  });
});
