import { createSnapshot } from '@halyard/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { anyContext, anyDefinitions } from './fixtures/arbitraries.ts';
import { definitions, flag, flagIf, rollout, variants } from './fixtures/build.ts';
import { read, resolve } from './fixtures/read.ts';
import type { MixpanelFlag } from './wire.ts';
import { parse } from './wire.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_131);

/** What is said of a flag: everything, once it has been read. */
function diagnosticsOf(written: MixpanelFlag) {
  const ruleset = compile(definitions(written, flag('f2')));
  const resolution = resolve(ruleset);
  expect(read(ruleset, {}, 'f2')).toBe('on');
  return { resolution, diagnostics: ruleset.diagnostics };
}

describe('a malformed flag', () => {
  it.each([
    ['no context', { context: undefined }, 'context'],
    ['a context that is no text', { context: ['distinct_id'] }, 'context'],
    ['a salt that is no text', { hash_salt: 5 }, 'hash_salt'],
    ['no rules', { ruleset: undefined }, 'ruleset'],
    ['rules that are none', { ruleset: [] }, 'ruleset'],
    ['variants that are no list', { ruleset: { variants: {} } }, 'ruleset.variants'],
    ['a variant that is none', { ruleset: { variants: [null] } }, 'ruleset.variants[0]'],
    [
      'a variant without a key',
      { ruleset: { variants: [{ key: 'a' }, { value: 1 }] } },
      'ruleset.variants[1]',
    ],
    ['rollouts that are no list', { ruleset: { rollout: 'x' } }, 'ruleset.rollout'],
    ['a rollout that is none', { ruleset: { rollout: [{}, 7] } }, 'ruleset.rollout[1]'],
    ['a rollout that is a list', { ruleset: { rollout: [[]] } }, 'ruleset.rollout[0]'],
  ])('with %s is an error, whoever asks, and is told of', (_what, others, path) => {
    const { resolution, diagnostics } = diagnosticsOf({ ...flag('f1'), ...others } as MixpanelFlag);
    expect(resolution).toMatchObject({
      reason: 'ERROR',
      errorCode: 'PARSE_ERROR',
      errorMessage: expect.stringContaining(`"f1" has a malformed definition`),
    });
    expect(resolution.errorMessage).toContain(`${path}: expected`);
    expect(diagnostics).toEqual([
      { flagKey: 'f1', path, severity: 'error', message: expect.stringMatching(/^expected /) },
    ]);
  });

  it('is one for a context with a field that has no name, too', () => {
    const bad = { ...flag('f1'), ruleset: null };
    expect(read(bad, { '': 'user-1' })).toBe('PARSE_ERROR');
  });

  it('without a key is left out, and told of', () => {
    const flags = [null, 7, {}, { key: 5 }, [], flag('f1')] as unknown as MixpanelFlag[];
    const ruleset = compile({ flags });
    expect(ruleset.flagKeys).toEqual(['f1']);
    expect(ruleset.diagnostics.map(({ path }) => path)).toEqual(
      [0, 1, 2, 3, 4].map((i) => `flags[${i}]`),
    );
  });
});

describe('what cannot be meant, but can be evaluated', () => {
  const rolloutWith = (others: object) => flag('f1', { rollout: [rollout(others)] });

  it.each([
    [
      'a percentage that is no number',
      rolloutWith({ rollout_percentage: '1' }),
      'on',
      'ruleset.rollout[0].rollout_percentage',
    ],
    [
      'a percentage that says nothing',
      rolloutWith({ rollout_percentage: 'all' }),
      'NO_ROLLOUT_MATCH',
      'ruleset.rollout[0].rollout_percentage',
    ],
    [
      'a share that is no number',
      flag('f1', {
        variants: [
          { key: 'a', value: 1, split: '1' as never },
          { key: 'b', value: 2 },
        ],
      }),
      'a',
      'ruleset.variants[0].split',
    ],
    [
      'a share in a rollout that is no number',
      rolloutWith({ variant_splits: { on: {} } }),
      'on',
      'ruleset.rollout[0].variant_splits["on"]',
    ],
    [
      'an override that names no variant',
      rolloutWith({ variant_override: { key: 'nope' } }),
      'on',
      'ruleset.rollout[0].variant_override.key',
    ],
    [
      'an override without a name',
      rolloutWith({ variant_override: 'on' }),
      'on',
      'ruleset.rollout[0].variant_override.key',
    ],
    [
      'a tester of a variant that there is not',
      flag('f1', { test: { users: { ann: 'nope' } } }),
      'on',
      'ruleset.test.users["ann"]',
    ],
    [
      'testers that are no object',
      flag('f1', { test: { users: ['on'] as never } }),
      'on',
      'ruleset.test.users',
    ],
    [
      'an operator that there is not',
      flagIf('f1', { or: [true, { regex: [{ var: 'x' }, 'a'] }] }),
      'NO_ROLLOUT_MATCH',
      'ruleset.rollout[0].runtime_evaluation_rule',
    ],
  ])('is told of as a warning: %s', (_what, written, expected, path) => {
    const { resolution, diagnostics } = diagnosticsOf(written);
    expect(resolution.variant ?? 'NO_ROLLOUT_MATCH').toBe(expected);
    expect(diagnostics).toEqual([
      { flagKey: 'f1', path, severity: 'warning', message: expect.stringMatching(/\w/) },
    ]);
  });

  it('is told of for each flag that shares it', () => {
    const rule = { regex: [{ var: 'x' }, 'a'] };
    const ruleset = compile(definitions(flagIf('f1', rule), flagIf('f2', rule)));
    resolve(ruleset, {}, 'f1');
    resolve(ruleset, {}, 'f2');
    expect(ruleset.diagnostics.map(({ flagKey }) => flagKey)).toEqual(['f1', 'f2']);
    expect(ruleset.diagnostics[0]?.message).toContain('"regex" is no operator');
  });

  it('is nothing in sound definitions', () => {
    const sound = flag('f1', {
      variants: variants({ a: 0.5, b: 0.5 }),
      test: { users: { ann: '' } },
      rollout: [
        rollout({ variant_splits: null, variant_override: null }),
        rollout({ variant_override: { key: 'B' } }),
      ],
    });
    expect(diagnosticsOf(sound).diagnostics).toEqual([]);
  });
});

describe('definitions', () => {
  it('may begin with a byte order mark', () => {
    expect(parse('\ufeff{"flags":[]}')).toEqual({ flags: [] });
    expect(parse(['{"flags":[]}', 'more'])).toEqual({ flags: [] });
  });

  it.each(['', '{', 'null', '[]', '7', '"flags"', '{}', '{"flags":{}}', '{"flags":null}'])(
    'that are none are refused: %s',
    (text) => {
      const refusal = expect.objectContaining({ code: 'INVALID_DEFINITIONS', part: 'mixpanel' });
      expect(() => parse(text)).toThrow(refusal);
      expect(() => compile(text)).toThrow(refusal);
    },
  );

  it('given as such are checked as well', () => {
    expect(() => compile({} as never)).toThrow(/`flags` is not a list/);
  });

  it('of one key count as the last of them', () => {
    const ruleset = compile(definitions(flag('f1', { rollout: [] }), flag('f2'), flag('f1')));
    expect(ruleset.flagKeys).toEqual(['f1', 'f2']);
    expect(read(ruleset)).toBe('on');
  });

  it('may have flags with any name', () => {
    const keys = ['__proto__', 'toString', 'constructor', ''];
    const ruleset = compile(definitions(...keys.map((key) => flag(key))));
    for (const key of keys) expect(read(ruleset, {}, key), key).toBe('on');
    for (const key of keys) expect(read(definitions(), {}, key), key).toBe('FLAG_NOT_FOUND');
  });

  it('may say anything of a flag’s status: it makes no difference', () => {
    for (const status of ['disabled', 'archived', 'enabled'] as const) {
      expect(read(flag('f1', {}, { status }))).toBe('on');
    }
  });

  it('may have variants without a value, which no type reads', () => {
    const without = flag('f1', { variants: [{ key: 'on', split: 1 } as never] });
    expect(resolve(without)).toMatchObject({ value: null, variant: 'on' });
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
    anyContext,
    (sound, mutations, context) => {
      const damaged = JSON.parse(JSON.stringify(sound));
      for (const { steps, put } of mutations) mutate(damaged, steps, put);
      let ruleset: ReturnType<typeof compile>;
      try {
        ruleset = compile(JSON.stringify(damaged));
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'INVALID_DEFINITIONS' });
        return;
      }
      const snapshot = createSnapshot(ruleset, context);
      const bulk = createSnapshot(ruleset, context).all();
      for (const key of ruleset.flagKeys) {
        const resolution = snapshot.resolve(key);
        expect(bulk.get(key)).toEqual(resolution.variant === undefined ? undefined : resolution);
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
