import {
  createSnapshot,
  type EvaluationContext,
  type FlagOutcome,
  flagOutcome,
  isSameJson,
  type Ruleset,
} from '@halyard/core';
import type { Case, Subject } from './contract.ts';
import { attributesOf, HOSTILE_KEYS } from './hostile-contexts.ts';
import { vandalise } from './state-cases.ts';
import { isJson } from './well-formed.ts';

/** Enough for every part of a split to have somebody in it. */
const VISITORS_PER_ATTRIBUTE = 100;

/** Cases about what whoever chooses for the backend may choose from. */
export const OUTCOME_CASES = {
  outcomes: {
    title: 'whatever a flag comes out as is one of the outcomes that are listed for it',
    check: (subject) => {
      const ruleset = subject.compile();
      checkLists(subject, ruleset);
      checkResolutions(subject, ruleset);
    },
  },
} satisfies Record<string, Case>;

function checkLists<Definitions>({ expect }: Subject<Definitions>, ruleset: Ruleset): void {
  for (const key of [...HOSTILE_KEYS, 'no-such-flag']) {
    if (!ruleset.flagKeys.includes(key)) expect(ruleset.outcomesOf?.(key), key).toBeUndefined();
  }
  const listed = ruleset.flagKeys.filter((key) => ruleset.outcomesOf?.(key) !== undefined);
  expect(listed, 'no flag has outcomes').not.toEqual([]);
  for (const key of listed) {
    const outcomes = outcomesOf(ruleset, key);
    outcomes.forEach((outcome, i) => {
      const { value, variant, enabled, payload, ...rest } = outcome;
      expect(rest, `${key} says more than what it comes out as`).toEqual({});
      expect(isJson(value) && isJson(payload), `${key} is nothing JSON can carry`).toBe(true);
      expect(['string', 'undefined'], key).toContain(typeof variant);
      expect(['boolean', 'undefined'], key).toContain(typeof enabled);
      expect(outcomes.findIndex(sameAs(outcome)), `${key} has an outcome twice`).toBe(i);
    });
    const before = structuredClone(outcomes);
    vandalise(outcomes);
    expect(outcomesOf(ruleset, key), `${key}, after a reader changed it`).toEqual(before);
  }
}

function checkResolutions<Definitions>(subject: Subject<Definitions>, ruleset: Ruleset): void {
  for (const context of visitors(subject.contexts)) {
    const unlisted = unlistedFlags(ruleset, context, subject.now);
    subject.expect(unlisted, `for ${JSON.stringify(context)}`).toEqual([]);
  }
}

/** The flags that come out as something which is not listed for them; errors are not. */
export function unlistedFlags(
  ruleset: Ruleset,
  context: EvaluationContext,
  now: number,
): readonly string[] {
  const snapshot = createSnapshot(ruleset, context, { now });
  return ruleset.flagKeys.filter((key) => {
    const resolution = snapshot.resolve(key);
    if (resolution.errorCode !== undefined) return false;
    return !outcomesOf(ruleset, key).some(sameAs(flagOutcome(resolution)));
  });
}

/** The contract's contexts, and as many more that differ from them in one attribute. */
function* visitors(contexts: readonly EvaluationContext[]): Generator<EvaluationContext> {
  yield* contexts;
  for (const context of contexts) {
    for (const attribute of attributesOf(contexts)) {
      for (let i = 0; i < VISITORS_PER_ATTRIBUTE; i++) {
        yield { ...context, [attribute]: `visitor-${i}` };
      }
    }
  }
}

function outcomesOf(ruleset: Ruleset, key: string): readonly FlagOutcome[] {
  return ruleset.outcomesOf?.(key) ?? [];
}

function sameAs(outcome: FlagOutcome): (other: FlagOutcome) => boolean {
  return (other) => isSameJson(flagOutcome({ ...outcome, reason: 'UNKNOWN' }), other);
}
