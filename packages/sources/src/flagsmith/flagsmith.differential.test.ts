import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOf, engineAnswers, engineSegments, readAll } from './fixtures/answers.ts';
import * as arbitrary from './fixtures/arbitraries.ts';
import { EVERYBODY, environment, feature, override, segment } from './fixtures/build.ts';
import { type Case, contextOf, describeCase } from './fixtures/case.ts';
import {
  EXCEPTIONS,
  exceptionsFor,
  hasComparableSegments,
  isBearable,
} from './fixtures/exceptions.ts';
import { askSdk, type SdkAnswer, type SdkAnswers } from './fixtures/oracle.ts';
import { compile } from './index.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const NUM_RUNS = SOAK ? 50_000 : 1_500;
/** The SDK takes longer. */
const SDK_RUNS = NUM_RUNS / 2;
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_103);

/** The keys of a document in a random order. */
function shuffled({ document }: Case, ranks: readonly number[]): readonly string[] {
  const keys = document.feature_states.map(({ feature }) => feature.name);
  return keys.toSorted((a, b) => rankOf(keys, a, ranks) - rankOf(keys, b, ranks));
}

function rankOf(keys: readonly string[], key: string, ranks: readonly number[]): number {
  return ranks[keys.indexOf(key) % ranks.length] ?? 0;
}

/** Our flags without what the SDK does not tell. */
function oursForSdk({ document, identity }: Case): SdkAnswers {
  const ruleset = compile(JSON.stringify(document));
  const context = contextOf(identity, 'traits');
  const scope = { context, now: undefined, state: undefined, trace: undefined };
  const flags = ruleset.flagKeys.map((key): [string, SdkAnswer] => {
    const { enabled, value, reason } = answerOf(ruleset.resolve(key, scope));
    return [key, { enabled, value, reason }];
  });
  return {
    flags: new Map(flags),
    segments: ruleset.segmentsFor(context).map(({ name }) => name),
  };
}

describe('lazy reads, bulk reads, single reads and the engine itself', () => {
  it(`agree about ${NUM_RUNS} random environments`, { timeout: 900_000 }, () => {
    const agree = fc.property(
      arbitrary.anyCase,
      arbitrary.order,
      arbitrary.placement,
      (subject, ranks, placement) => {
        const order = shuffled(subject, ranks);
        const message = describeCase(subject);
        const expected = engineAnswers(subject, order);
        const { lazy, bulk, alone } = readAll(subject, { placement, order });
        expect(lazy, message).toEqual(expected);
        expect(bulk, message).toEqual(expected);
        expect(alone, message).toEqual(expected);
        const context = contextOf(subject.identity, placement);
        const segments = compile(JSON.stringify(subject.document)).segmentsFor(context);
        expect(segments, message).toEqual(engineSegments(subject));
      },
    );
    fc.assert(agree, { seed: SEED, numRuns: NUM_RUNS });
  });
});

describe('flagsmith-nodejs 8.1.2', () => {
  it('gives the same where all engines of Flagsmith agree', { timeout: 900_000 }, async () => {
    const reasons = new Map<string, number>();
    const agree = fc.asyncProperty(arbitrary.commonCase, async (subject) => {
      const ours = oursForSdk(subject);
      const theirs = await askSdk(subject);
      expect(ours.flags, describeCase(subject)).toEqual(theirs.flags);
      expect(ours.segments, describeCase(subject)).toEqual(theirs.segments);
      for (const { reason } of ours.flags.values()) {
        const kind = String(reason).split(/[;=]/)[0] ?? '';
        reasons.set(kind, (reasons.get(kind) ?? 0) + 1);
      }
    });
    await fc.assert(agree, { seed: SEED, numRuns: SDK_RUNS });
    // The generator has to keep making environments in which something is decided.
    for (const reason of ['DEFAULT', 'TARGETING_MATCH', 'SPLIT']) {
      expect(reasons.get(reason), reason).toBeGreaterThan(SDK_RUNS / 10);
    }
  });

  it('gives the same elsewhere, but for named exceptions', { timeout: 900_000 }, async () => {
    const counts = new Map(EXCEPTIONS.map(({ name }) => [name, 0]));
    const total = { flags: 0, compared: 0, segments: 0 };
    const agree = fc.asyncProperty(arbitrary.anyCase, async (subject) => {
      const ours = oursForSdk(subject);
      total.flags += ours.flags.size;
      if (!isBearable(subject)) return;
      const theirs = await askSdk(subject);
      for (const [key, answer] of ours.flags) {
        const exceptions = exceptionsFor({ ...subject, key });
        for (const name of exceptions) counts.set(name, (counts.get(name) ?? 0) + 1);
        if (exceptions.length > 0) continue;
        const message = `flag ${JSON.stringify(key)}\n${describeCase(subject)}`;
        expect(answer, message).toEqual(theirs.flags.get(key));
        total.compared++;
      }
      if (!hasComparableSegments(subject)) return;
      expect(ours.segments.toSorted(), describeCase(subject)).toEqual(theirs.segments.toSorted());
      total.segments++;
    });
    await fc.assert(agree, { seed: SEED, numRuns: SDK_RUNS });
    const table = [...counts].map(([name, count]) => `${String(count).padStart(7)}  ${name}`);
    if (SOAK) console.info([JSON.stringify(total), ...table].join('\n'));
    // The exceptions must stay exceptions.
    expect(total.compared).toBeGreaterThan(0.4 * total.flags);
    expect(total.segments).toBeGreaterThan(SDK_RUNS / 10);
    for (const [name, count] of counts) expect(count, name).toBeLessThan(0.2 * total.flags);
  });

  it.each(EXCEPTIONS.map((exception) => [exception.name, exception] as const))(
    'really differs in: %s',
    async (name, { example }) => {
      expect(exceptionsFor({ ...example, key: 'f1' })).toContain(name);
      const theirs = await askSdk(example);
      expect(oursForSdk(example).flags.get('f1')).not.toEqual(theirs.flags.get('f1'));
    },
  );

  it('cannot be asked about features named like what every object has', async () => {
    const document = environment({
      features: [feature('f1')],
      segments: [segment(1, [EVERYBODY], [override('constructor', 'x')])],
    });
    const subject = { document, identity: { identifier: 'user-1', traits: {} } };
    expect(isBearable(subject)).toBe(false);
    await expect(askSdk(subject)).rejects.toThrow('getIdentityFlags failed');
    expect(oursForSdk(subject).flags.get('f1')?.value).toBe('default');
  });
});
