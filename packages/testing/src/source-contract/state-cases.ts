import { createSnapshot, type EvaluationContext, type Resolution } from '@halyard/core';
import type { Case, Subject } from './contract.ts';

/** Cases about what evaluation must leave as it was. */
export const STATE_CASES = {
  purity: {
    title: 'evaluation is pure: equal input gives equal results and is left as it was',
    check: (subject) => {
      const { source, definitions, contexts, compile, expect } = subject;
      const before = contexts.map((context) => structuredClone(context));
      const expected = contexts.map((context) => resolutions(subject, context));
      contexts.forEach((context, i) => {
        expect(resolutions(subject, context)).toEqual(expected[i]);
        expect(context, 'the context has been changed').toEqual(before[i]);
        const frozen = deepFreeze(structuredClone(context));
        expect(resolutions(subject, frozen), 'for a frozen context').toEqual(expected[i]);
      });
      const frozen = source.compile(deepFreeze(structuredClone(definitions)));
      const [context = {}] = contexts;
      expect(frozen.flagKeys).toEqual(compile().flagKeys);
      for (const [key, resolution] of expected[0] ?? []) {
        const visitor = createSnapshot(frozen, context, subject);
        expect(visitor.resolve(key), `${key} of frozen definitions`).toEqual(resolution);
      }
    },
  },
  isolation: {
    title: 'no visitor changes what another one gets',
    check: (subject) => {
      const { contexts, compile, expect } = subject;
      const ruleset = compile();
      const expected = contexts.map((context) => resolutions(subject, context));
      const outcomes = new Set(expected.map((all) => JSON.stringify([...all])));
      expect(outcomes.size, 'the contexts must resolve differently').toBeGreaterThan(1);
      const visitors = contexts.map((context) => createSnapshot(ruleset, context, subject));
      for (const key of ruleset.flagKeys) {
        visitors.forEach((visitor, i) => {
          expect(visitor.resolve(key), key).toEqual(expected[i]?.get(key));
          vandalise(visitor.resolve(key));
        });
      }
      contexts.forEach((context, i) => {
        const later = createSnapshot(ruleset, context, subject);
        for (const key of ruleset.flagKeys) {
          expect(later.resolve(key), `${key}, after a reader changed it`).toEqual(
            expected[i]?.get(key),
          );
        }
      });
    },
  },
} satisfies Record<string, Case>;

/** Every flag of a context, one by one, from a ruleset and a snapshot of their own. */
function resolutions<Definitions>(
  { snapshot, compile }: Subject<Definitions>,
  context: EvaluationContext,
): Map<string, Resolution> {
  const visitor = snapshot(context);
  return new Map(compile().flagKeys.map((key) => [key, structuredClone(visitor.resolve(key))]));
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

/** Does to a result what a careless reader may do. Where it is frozen, nothing happens. */
export function vandalise(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.values(value).forEach(vandalise);
  for (const key of Object.keys(value)) Reflect.set(value, key, 'changed');
  Reflect.set(value, 'added', true);
}
