import { createSnapshot, type EvaluationContext, HalyardError } from '@halyard/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyDocument, anyIdentity } from './fixtures/arbitraries.ts';
import { contextOf } from './fixtures/case.ts';
import type { FlagsmithRuleset } from './index.ts';
import { compile } from './index.ts';

const NUM_RUNS = process.env.HALYARD_SOAK === '1' ? 50_000 : 2_000;
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_106);

/** A place in a document, as steps that are taken modulo what is there, and what is put there. */
const mutation = fc.record({
  steps: fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }),
  // Values that are close to right are more likely to be used further on.
  put: fc.oneof(
    { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<unknown>(null, [], {}, '', 0, -1, true, [null], [[]], { name: 5 }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(
        { toString: 1, valueOf: 1 },
        [{ toString: null }],
        '$..[',
      ),
    },
  ),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

/** Changes a document in place, somewhere. */
function mutate(document: unknown, { steps, put }: Mutation): void {
  let holder = document as Record<string, unknown>;
  for (const [i, step] of steps.entries()) {
    const keys = Object.keys(holder);
    const key = keys[step % keys.length];
    if (key === undefined) return;
    const next = holder[key];
    const isLast = i === steps.length - 1 || typeof next !== 'object' || next === null;
    if (isLast) {
      // A copy: later mutations may lead into it.
      holder[key] = structuredClone(put);
      return;
    }
    holder = next as Record<string, unknown>;
  }
}

/** Compiles; undefined when the document is refused. */
function attempt(text: string, previous?: FlagsmithRuleset): FlagsmithRuleset | undefined {
  try {
    return compile(text, { previous });
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(HalyardError);
    expect(thrown).toMatchObject({ code: 'INVALID_DEFINITIONS' });
    return undefined;
  }
}

/** Uses a ruleset in every way there is. */
function use(ruleset: FlagsmithRuleset, context: EvaluationContext): void {
  const snapshot = createSnapshot(ruleset, context);
  const bulk = createSnapshot(ruleset, context).all();
  for (const key of ruleset.flagKeys) {
    const resolution = snapshot.resolve(key);
    expect(snapshot.explain(key).resolution).toEqual(resolution);
    expect(bulk.get(key)).toEqual(resolution);
    expect(() => JSON.stringify(ruleset.definitionOf?.(key))).not.toThrow();
  }
  expect(Array.isArray(ruleset.segmentsFor(context))).toBe(true);
  for (const { message, severity } of ruleset.diagnostics) {
    expect([typeof message, typeof severity]).toEqual(['string', 'string']);
  }
}

it(`${NUM_RUNS} damaged documents are refused, or work as far as they are sound`, {
  timeout: 900_000,
}, () => {
  let refused = 0;
  let used = 0;
  const survive = fc.property(
    anyDocument,
    fc.array(mutation, { minLength: 1, maxLength: 4 }),
    anyIdentity,
    (document, mutations, identity) => {
      const damaged = JSON.parse(JSON.stringify(document));
      for (const change of mutations) mutate(damaged, change);
      const context = contextOf(identity, 'attributes');
      const ruleset = attempt(JSON.stringify(damaged));
      if (ruleset === undefined) {
        refused++;
        return;
      }
      use(ruleset, context);
      // As a refresh would have it: the sound one before, or the damaged one.
      const sound = compile(JSON.stringify(document), { previous: ruleset });
      use(sound, context);
      use(attempt(JSON.stringify(damaged), sound) ?? sound, context);
      used++;
    },
  );
  fc.assert(survive, { seed: SEED, numRuns: NUM_RUNS });
  expect(refused).toBeGreaterThan(NUM_RUNS / 50);
  expect(used).toBeGreaterThan(NUM_RUNS / 3);
});
