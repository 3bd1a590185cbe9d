import { createSnapshot } from '@halyard/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { anyCase } from './fixtures/arbitraries.ts';
import { type Answer, answerOf, type Case, contextOf, describeCase } from './fixtures/case.ts';
import { CYCLES, dependsOnOrder, EXCEPTIONS, isBearable } from './fixtures/exceptions.ts';
import { askSdk } from './fixtures/oracle.ts';
import { compile } from './index.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const NUM_RUNS = SOAK ? 50_000 : 1_500;
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_125);

/** Every flag, read by itself, in its own snapshot. */
function ourAnswers({ definitions, evaluationContexts, person, now }: Case) {
  const ruleset = compile(definitions, { evaluationContexts });
  const context = contextOf(person);
  const alone = (key: string) => createSnapshot(ruleset, context, { now }).resolve(key);
  return new Map(ruleset.flagKeys.map((key): [string, Answer] => [key, answerOf(alone(key))]));
}

/** What the SDK's public interface tells of an answer. */
function inPublic(answer: Answer): unknown {
  if (answer.kind === 'value') return answer.value;
  return answer.kind === 'error' ? undefined : { reason: answer.reason };
}

describe('posthog-node 5.70.0', () => {
  beforeAll(() => {
    // It warns about every flag that it cannot evaluate.
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterAll(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it(`gives the same in ${NUM_RUNS} random cases, but for named exceptions`, {
    timeout: 1_800_000,
  }, async () => {
    const counts = new Map<string, number>();
    const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
    const agree = fc.asyncProperty(anyCase, async (subject) => {
      if (!isBearable(subject)) {
        count('cases that lead to themselves');
        return;
      }
      vi.setSystemTime(subject.now);
      const theirs = await askSdk(subject);
      const ours = ourAnswers(subject);
      const message = describeCase(subject);
      expect([...ours.keys()].sort(), message).toEqual([...theirs.single.keys()].sort());
      for (const [key, answer] of ours) {
        const other = theirs.single.get(key) as Answer;
        count(answer.kind === 'value' ? `value ${String(answer.value)}` : JSON.stringify(answer));
        const exception = EXCEPTIONS.find(({ applies }) => applies(other, answer));
        if (exception !== undefined) {
          count(exception.name);
          continue;
        }
        expect(answer, `flag ${key}\n${message}`).toEqual(other);
        if (dependsOnOrder(subject)) continue;
        expect(inPublic(answer), `flag ${key}, in bulk\n${message}`).toEqual(theirs.bulk.get(key));
      }
    });
    await fc.assert(agree, { seed: SEED, numRuns: NUM_RUNS });
    const table = [...counts].map(([what, n]) => `${String(n).padStart(7)}  ${what}`);
    if (SOAK) console.info(table.join('\n'));
    // The generator has to keep making cases that can be compared, and in which something is decided.
    expect(counts.get('cases that lead to themselves')).toBeLessThan(NUM_RUNS / 4);
    for (const value of ['false', 'true', 'a', 'b']) {
      expect(counts.get(`value ${value}`), value).toBeGreaterThan(NUM_RUNS / 50);
    }
    for (const { name } of EXCEPTIONS) expect(counts.get(name), name).toBeLessThan(NUM_RUNS / 4);
  });

  it.each(EXCEPTIONS.map((exception) => [exception.name, exception] as const))(
    'really differs: %s',
    async (_name, { applies, example }) => {
      const theirs = (await askSdk(example)).single.get('f1') as Answer;
      const ours = ourAnswers(example).get('f1') as Answer;
      expect(applies(theirs, ours)).toBe(true);
    },
  );

  it.each(CYCLES.map((subject) => [JSON.stringify(subject.definitions.flags), subject] as const))(
    'cannot be asked what leads to itself: %s',
    (_name, subject) => {
      expect(isBearable(subject)).toBe(false);
      expect(ourAnswers(subject).get('f1')).toMatchObject({ kind: 'inconclusive' });
    },
  );
});
