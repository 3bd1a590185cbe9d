import type { EvaluationContext, FlagValue, Ruleset } from '@halyard/core';
import { createSnapshot, toDetails } from '@halyard/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyDocument } from './fixtures/arbitraries.ts';
import * as arbitrary from './fixtures/arbitraries.ts';
import type { Answers, Subject } from './fixtures/oracle.ts';
import { answerOf, DEFAULTS, exceptionFor, expectedAnswers } from './fixtures/oracle.ts';
import { NOW } from './fixtures/read.ts';
import { compile, select } from './index.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const NUM_RUNS = SOAK ? 20_000 : 2_000;
const SEED = Number(process.env.HALYARD_SEED ?? 20_260_101);

function actualAnswers(ruleset: Ruleset, { key, context: attributes }: Subject): Answers {
  const context = attributes as EvaluationContext;
  const snapshot = createSnapshot(ruleset, context, { now: NOW });
  const read = (fallback: FlagValue) =>
    answerOf(toDetails(key, fallback, snapshot.resolve(key), select));
  const bulk = createSnapshot(ruleset, context, { now: NOW }).all().get(key);
  return {
    boolean: read(DEFAULTS.boolean),
    string: read(DEFAULTS.string),
    number: read(DEFAULTS.number),
    object: read(DEFAULTS.object),
    bulk: bulk && answerOf(bulk),
  };
}

/** What a person needs to repeat a case. */
function describeCase({ document, key, context }: Subject): string {
  return [
    `flag ${JSON.stringify(key)}`,
    `document ${JSON.stringify(document)}`,
    `context ${JSON.stringify(context)}`,
  ].join('\n');
}

/** Reads every flag of a document on both sides; counts the reads that were compared. */
function compare(document: AnyDocument, context: Record<string, unknown>): number {
  const ruleset = compile(JSON.stringify(document));
  let compared = 0;
  for (const key of Object.keys(document.flags)) {
    const subject = { document, key, context };
    if (exceptionFor(subject) !== undefined) continue;
    const actual = actualAnswers(ruleset, subject);
    expect(actual, describeCase(subject)).toEqual(expectedAnswers(subject));
    compared++;
  }
  return compared;
}

describe('against flagd-core 4.0.1', () => {
  beforeEach(() => {
    vi.spyOn(Date, 'now').mockReturnValue(NOW);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it(`${NUM_RUNS} random documents give the same answers, for every type and in bulk`, {
    timeout: 900_000,
  }, () => {
    let compared = 0;
    const property = fc.property(arbitrary.document, arbitrary.context, (document, context) => {
      compared += compare(document, context);
    });
    fc.assert(property, { seed: SEED, numRuns: NUM_RUNS });
    // The exceptions must stay exceptions.
    expect(compared).toBeGreaterThan(NUM_RUNS);
  });

  it('the random flags end in every way there is, each often enough', () => {
    const ways = new Map<string, number>();
    const cases = fc.tuple(arbitrary.document, arbitrary.context);
    for (const [document, context] of fc.sample(cases, { seed: SEED, numRuns: 1_000 })) {
      const ruleset = compile(JSON.stringify(document));
      const snapshot = createSnapshot(ruleset, context as EvaluationContext);
      for (const key of ruleset.flagKeys) {
        const { reason, errorCode } = snapshot.resolve(key);
        const way = errorCode ?? reason;
        ways.set(way, (ways.get(way) ?? 0) + 1);
      }
    }
    for (const way of ['STATIC', 'DEFAULT', 'TARGETING_MATCH', 'DISABLED']) {
      expect(ways.get(way), way).toBeGreaterThan(100);
    }
    for (const way of ['PARSE_ERROR', 'GENERAL']) {
      expect(ways.get(way), way).toBeGreaterThan(100);
    }
  });
});
