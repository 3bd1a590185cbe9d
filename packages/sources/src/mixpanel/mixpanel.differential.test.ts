import { createSnapshot } from '@halyard/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { anyCase } from './fixtures/arbitraries.ts';
import { type Answer, answerOf, type Case, describeCase, keysOf } from './fixtures/case.ts';
import { adjusted, EXCEPTIONS } from './fixtures/exceptions.ts';
import { INCOMPARABLE } from './fixtures/incomparable.ts';
import { askSdk } from './fixtures/oracle.ts';
import { compile } from './index.ts';

const SOAK = process.env.HALYARD_SOAK === '1';
const NUM_RUNS = SOAK ? 50_000 : 1_500;
const SEED = Number(process.env.HALYARD_SEED ?? 20_261_125);

/** Every flag, read by itself in a snapshot of its own, and again among all of them. */
function ourAnswers(subject: Case) {
  const { definitions, context } = subject;
  const ruleset = compile(definitions);
  const all = createSnapshot(ruleset, context).all();
  const alone = (key: string) => createSnapshot(ruleset, context).resolve(key);
  const inBulk = (key: string) => all.get(key) ?? alone(key);
  return keysOf(subject).map((key) => ({
    key,
    answer: answerOf(alone(key)),
    bulk: answerOf(inBulk(key)),
  }));
}

async function answersTo(subject: Case, asked: Case) {
  const theirs = await askSdk(asked);
  return ourAnswers(subject).map((ours) => ({ ...ours, theirs: theirs.get(ours.key) as Answer }));
}

/** What is counted of an answer. */
function kindOf(answer: Answer): string {
  if (answer.kind === 'fallback') return answer.reason;
  return answer.kind === 'variant' && answer.isQaTester ? 'tester' : answer.kind;
}

const isSame = (a: Answer, b: Answer) => fc.stringify(a) === fc.stringify(b);

describe('mixpanel 0.24.0', () => {
  beforeAll(() => {
    // That is what `log` does in a rule.
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  it(`gives the same in ${NUM_RUNS} random cases, but for named exceptions`, {
    timeout: 1_800_000,
  }, async () => {
    const counts = new Map<string, number>();
    const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
    const agree = fc.asyncProperty(anyCase, async (subject) => {
      const { asked, names } = adjusted(subject);
      names.forEach(count);
      const message = describeCase(subject);
      for (const { key, answer, bulk, theirs } of await answersTo(subject, asked)) {
        count(kindOf(answer));
        expect(bulk, `flag ${key}, in bulk\n${message}`).toEqual(answer);
        if (isSame(answer, theirs)) continue;
        const incomparable = INCOMPARABLE.find(({ applies }) => applies(subject, key));
        if (incomparable !== undefined) count(incomparable.name);
        else expect(answer, `flag ${key}\n${message}`).toEqual(theirs);
      }
    });
    await fc.assert(agree, { seed: SEED, numRuns: NUM_RUNS });
    const table = [...counts].map(([what, n]) => `${String(n).padStart(7)}  ${what}`);
    if (SOAK) console.info([`seed ${SEED}`, ...table].join('\n'));
    // The generator has to keep making cases in which something is decided, and every exception.
    for (const kind of ['variant', 'NO_ROLLOUT_MATCH', 'MISSING_CONTEXT_KEY', 'tester']) {
      expect(counts.get(kind), kind).toBeGreaterThan(NUM_RUNS / 30);
    }
    for (const { name } of EXCEPTIONS) expect(counts.get(name), name).toBeGreaterThan(0);
    for (const { name } of INCOMPARABLE) {
      expect(counts.get(name) ?? 0, name).toBeLessThan(NUM_RUNS / 50);
    }
  });

  const named = <T extends { readonly name: string }>(items: readonly T[]) =>
    items.map((item) => [item.name, item] as const);
  const f1 = async (subject: Case, asked = subject) =>
    (await answersTo(subject, asked)).find(({ key }) => key === 'f1');

  it.each(named(EXCEPTIONS))('really differs, unless asked otherwise: %s', async (_, exception) => {
    const { example, adjust } = exception;
    const asItIs = await f1(example);
    expect(asItIs?.answer).not.toEqual(asItIs?.theirs);
    const otherwise = await f1(example, adjust(example));
    expect(otherwise?.answer).toEqual(otherwise?.theirs);
  });

  it.each(named(INCOMPARABLE))('really differs: %s', async (_, { applies, example }) => {
    const answers = await f1(example, adjusted(example).asked);
    expect(answers?.answer).not.toEqual(answers?.theirs);
    expect(applies(example, 'f1')).toBe(true);
  });
});
