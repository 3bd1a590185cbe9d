import { describe, expect, it } from 'vitest';
import { Subject } from './dialect/bucket.ts';
import { flag, rollout, threeWay, variants } from './fixtures/build.ts';
import { read, readAs, resolve } from './fixtures/read.ts';
import type { MixpanelFlag } from './wire.ts';

describe('where a subject stands', () => {
  it.each([
    ['abc', 'variant', 72],
    ['def', 'variant', 21],
    ['', 'x', 71],
    ['a', '', 96],
    ['user-123', 'my-flagrollout', 39],
    ['user-123', 'my-flagvariant', 71],
    ['user-123', 'my-flagabc1230', 78],
    ['user-123', 'my-flagabc123variant', 99],
    ['café', 'flagrollout', 60],
    ['cafe\u0301', 'flagrollout', 78],
    ['ユーザー', 'フラグrollout', 32],
    ['😀', 'f😀variant', 0],
    ['a'.repeat(1000), 'rollout', 6],
    ['1', 'f0', 18],
    ['true', 'frollout', 70],
    ['True', 'frollout', 86],
    ['1.0', 'frollout', 25],
  ])('%j with %j is at %d', (text, salt, place) => {
    expect(new Subject(text).placeBy(salt)).toBe(place);
  });

  it('is the same where the border splits a character, and for halves of one', () => {
    const whole = new Subject('x😀y').placeBy('z');
    expect(new Subject('x\ud83d').placeBy('\ude00yz')).toBe(whole);
    const replaced = new Subject('x\ufffd').placeBy('\ufffd');
    expect(new Subject('x\ud83d').placeBy('\ud83d')).toBe(replaced);
    expect(new Subject('x\ufffd').placeBy('\ude00')).toBe(replaced);
  });
});

describe('a flag without a salt', () => {
  it.each([
    ['user-1', 'alpha'],
    ['user-2', 'treatment'],
    ['user-3', 'alpha'],
    ['ユーザー', 'control'],
    ['café', 'treatment'],
    ['x'.repeat(500), 'alpha'],
  ])('gives %s the variant %s', (distinctId, expected) => {
    expect(readAs(threeWay('checkout'), distinctId)).toBe(expected);
  });

  it('has one place for all rollouts, so that later ones only widen the first', () => {
    const half = flag('half', { rollout: [rollout({ rollout_percentage: 0.5 })] });
    const more = flag('half', {
      rollout: [0.2, 0.5, 0.1].map((share) => rollout({ rollout_percentage: share })),
    });
    const visitors = Array.from({ length: 300 }, (_, i) => `user-${i}`);
    const takenBy = (written: MixpanelFlag) =>
      visitors.filter((distinctId) => readAs(written, distinctId) === 'on');
    expect(takenBy(more)).toEqual(takenBy(half));
    expect([readAs(half, 'user-53'), readAs(half, 'user-5')]).toEqual(['on', 'NO_ROLLOUT_MATCH']);
  });

  it('adds shares up as the language does, and compares with what that gives', () => {
    const shares = { a: 0.1, b: 0.2, c: 0.7 };
    const fp = flag('fp', { variants: variants(shares) });
    const found = ['user-112', 'user-145', 'user-52', 'user-7'].map((id) => readAs(fp, id));
    expect(found).toEqual(['b', 'b', 'a', 'b']);
  });
});

describe('a flag with a salt', () => {
  const salted = threeWay('checkout-s', { hash_salt: 'abc123' }, [
    rollout({ rollout_percentage: 0.4 }),
    rollout({ variant_splits: { alpha: 0, control: 0.5, treatment: 0.5 } }),
  ]);

  it.each([
    ['user-1', 'control'],
    ['user-2', 'control'],
    ['user-5', 'treatment'],
    ['😀', 'treatment'],
  ])('tries each rollout by a place of its own: %s gets %s', (distinctId, expected) => {
    expect(readAs(salted, distinctId)).toBe(expected);
  });

  it.each([
    ['user-1', 'control'],
    ['user-2', 'control'],
  ])('may have an empty one, which is not none: %s gets %s', (distinctId, expected) => {
    expect(readAs(threeWay('empty-salt', { hash_salt: '' }), distinctId)).toBe(expected);
  });

  it('need not be ASCII', () => {
    expect(readAs(threeWay('Ünï', { hash_salt: 'ß' }), 'Zoë')).toBe('alpha');
  });

  it('counts rollouts by their places in the definition, those for nobody included', () => {
    const second = (first: object) =>
      threeWay('checkout-s', { hash_salt: 'abc123' }, [
        rollout(first),
        rollout({ rollout_percentage: 0.3 }),
      ]);
    // user-2 is at 0.48 with the index 1, and 😀 at 0.07.
    expect(readAs(second({ rollout_percentage: 0 }), 'user-2')).toBe('NO_ROLLOUT_MATCH');
    expect(readAs(second({ rollout_percentage: 0 }), '😀')).toBe('treatment');
  });
});

describe('the field that a flag hashes', () => {
  it.each([[undefined], [null], ['']])(
    'is missing when it is %j, and the error names it',
    (device_id) => {
      const resolution = resolve(flag('f1', {}, { context: 'device_id' }), { device_id } as never);
      expect(resolution).toMatchObject({
        reason: 'ERROR',
        errorCode: 'TARGETING_KEY_MISSING',
        errorMessage: expect.stringContaining('"device_id"'),
      });
      expect(resolution.value).toBeUndefined();
    },
  );

  it('is not the targeting key', () => {
    const context = { targetingKey: 'user-1', distinct_id: undefined };
    expect(read(flag('f1'), context)).toBe('TARGETING_KEY_MISSING');
  });

  it.each([
    [1, '1'],
    [1.5, '1.5'],
    [true, 'true'],
    [0, '0'],
    [false, 'false'],
    [['a', 'b'], 'a,b'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('%j is hashed as the text %s', (value, text) => {
    const keys = Array.from({ length: 30 }, (_, i) => `flag-${i}`);
    const found = (id: unknown) => keys.map((key) => readAs(threeWay(key), id));
    expect(found(value)).toEqual(found(text));
  });

  it('may be any, also one that every object has', () => {
    const group = flag('f1', {}, { context: 'constructor' });
    expect(read(group)).toBe('TARGETING_KEY_MISSING');
    expect(read(group, { constructor: 'acme' } as never)).toBe('on');
  });

  it('is a field like any other when its name is empty', () => {
    const nameless = flag('f1', {}, { context: '' });
    expect(read(nameless)).toBe('TARGETING_KEY_MISSING');
    expect(read(nameless, { '': 'ann' })).toBe('on');
  });
});
