import { createSnapshot, type Ruleset } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { anyCase } from './fixtures/arbitraries.ts';
import { definitions, flag, flagIf, rollout, variant, variants } from './fixtures/build.ts';
import { describeCase } from './fixtures/case.ts';
import { read, resolve } from './fixtures/read.ts';
import type { MixpanelDefinitions } from './wire.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const NUM_RUNS = SOAK ? 20_000 : 1_000;
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_130);

const isPro = { '==': [{ var: 'plan' }, 'pro'] };
const pro = { custom_properties: { plan: 'pro' } };

/** As the next fetch gives it: equal, and yet nothing of it the same object. */
function fetchedAgain(written: MixpanelDefinitions, previous: Ruleset): Ruleset {
  return compile(JSON.stringify(written), { previous });
}

it(`lazy reads in any order, bulk reads and single reads agree in ${NUM_RUNS} random cases`, {
  timeout: 900_000,
}, () => {
  const agree = fc.property(anyCase, fc.array(fc.nat(100), { minLength: 5 }), (subject, ranks) => {
    const { definitions: written, context } = subject;
    const ruleset = compile(written);
    const keys = ruleset.flagKeys.toSorted(
      (a, b) =>
        (ranks[ruleset.flagKeys.indexOf(a)] ?? 0) - (ranks[ruleset.flagKeys.indexOf(b)] ?? 0),
    );
    const lazy = createSnapshot(ruleset, context);
    const inOrder = new Map(keys.map((key) => [key, lazy.resolve(key)]));
    const bulk = createSnapshot(compile(written), context).all();
    const mixed = createSnapshot(ruleset, context);
    const [first] = keys;
    if (first !== undefined) expect(mixed.resolve(first)).toEqual(inOrder.get(first));
    expect([...mixed.all()], describeCase(subject)).toEqual([...bulk]);
    for (const key of keys) {
      const alone = createSnapshot(compile(written), context).resolve(key);
      expect(inOrder.get(key), describeCase(subject)).toEqual(alone);
      expect(bulk.get(key), describeCase(subject)).toEqual(
        alone.variant === undefined ? undefined : alone,
      );
    }
  });
  fc.assert(agree, { seed: SEED, numRuns: NUM_RUNS });
});

describe('a read', () => {
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

  it('touches no other flag', () => {
    const others = flag('f2', { rollout: untouchable as never });
    expect(read(definitions(flag('f1'), others))).toBe('on');
    expect(read(definitions(flag('f1'), others), {}, 'f2')).toBe('PARSE_ERROR');
  });

  it('touches no properties where no rule asks for them, and none but those that one asks for', () => {
    const flags = definitions(flag('f1'), flagIf('f2', isPro));
    expect(read(flags, { custom_properties: untouchable as never })).toBe('on');
    const read2 = (custom_properties: unknown) => read(flags, { custom_properties } as never, 'f2');
    expect(read2({ plan: 'pro', other: untouchable })).toBe('on');
    expect(read2(untouchable)).toBe('NO_ROLLOUT_MATCH');
  });

  it('knows each visitor’s own properties, whatever those before them had', () => {
    const ruleset = compile(definitions(flagIf('f1', isPro)));
    const given = [
      { plan: 'pro' },
      { plan: 'free' },
      { Plan: 'pro', age: 1 },
      { age: 1, PLAN: 'pro' },
      { plan: 'pro', PLAN: 'free' },
      { age: 1 },
      { a: 1, b: 2, c: 3, plan: 'Pro' },
      ...Array.from({ length: 20 }, (_, i) => ({ [`p${i}`]: 1, plan: 'pro' })),
    ];
    const expected = given.map((properties) =>
      read(definitions(flagIf('f1', isPro)), { custom_properties: properties }),
    );
    expect(expected.slice(0, 7)).toEqual(
      [true, false, true, true, false, false, true].map((is) => (is ? 'on' : 'NO_ROLLOUT_MATCH')),
    );
    for (let round = 0; round < 3; round++) {
      const found = given.map((properties) => read(ruleset, { custom_properties: properties }));
      expect(found).toEqual(expected);
    }
  });

  it('gives the same object to all who are answered the same', () => {
    const half = flag('f1', {
      variants: variants({ a: 0.5, b: 0.5 }),
      rollout: [rollout({ rollout_percentage: 0.5 })],
    });
    const ruleset = compile(definitions(half));
    const answers = Array.from({ length: 60 }, (_, i) =>
      resolve(ruleset, { distinct_id: `user-${i}` }),
    );
    expect(new Set(answers).size).toBe(3);
    expect(answers.every(Object.isFrozen)).toBe(true);
    expect(resolve(ruleset, { distinct_id: '' })).toBe(resolve(ruleset, { distinct_id: null }));
  });

  it('gives values that nobody can change, and leaves the definitions as they were', () => {
    const value = { colors: ['red', { hex: '#f00' }] };
    const written = definitions(flag('f1', { variants: [variant('on', 1, value)] }));
    const resolution = resolve(written);
    const given = resolution.value as typeof value;
    expect(given).toEqual(value);
    for (const part of [resolution.flagMetadata, given, given.colors, given.colors[1]]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(Object.isFrozen(value)).toBe(false);
    value.colors.length = 0;
    expect(given.colors).toHaveLength(2);
  });
});

describe('a ruleset that follows another', () => {
  const written = definitions(flagIf('f1', isPro), flag('f2'));

  it('gives the same objects for flags that are unchanged, over several generations', () => {
    const first = compile(written);
    const before = resolve(first, pro);
    const second = fetchedAgain(written, first);
    const third = fetchedAgain(written, second);
    expect(resolve(third, pro)).toBe(before);
    const changed = definitions(flagIf('f1', { or: [isPro] }), flag('f2'));
    const fourth = fetchedAgain(changed, third);
    expect(resolve(fourth, pro)).not.toBe(before);
    expect(resolve(fourth, pro)).toEqual(before);
  });

  it('has the rules of its own definitions', () => {
    const first = compile(written);
    const isFree = definitions(flagIf('f1', { '==': [{ var: 'plan' }, 'free'] }));
    expect(read(first, pro)).toBe('on');
    expect(read(fetchedAgain(isFree, first), pro)).toBe('NO_ROLLOUT_MATCH');
    expect(read(first, pro)).toBe('on');
  });

  it('ignores rulesets of other backends', () => {
    const alien = { ...compile(written), source: 'acme', resolve: () => ({}) };
    expect(read(compile(written, { previous: alien as never }), {}, 'f2')).toBe('on');
  });
});

describe('what decides a flag', () => {
  it('is its definition', () => {
    const written = definitions(flag('f1'), flag('f2'), flag('f1', { variants: [] }));
    const ruleset = compile(written);
    expect(ruleset.definitionOf?.('f1')).toEqual(written.flags[2]);
    expect(ruleset.definitionOf?.('nowhere')).toBeUndefined();
  });
});
