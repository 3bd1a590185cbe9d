import {
  bootstrapEntry,
  encodeBootstrap,
  type FlagsBootstrap,
  type Resolution,
  type SelectValue,
  toDetails,
} from '@halyard/core';
import type { Schema } from './schema.ts';

/** What a page's flags have come out as, by key. */
export type Outcomes = ReadonlyMap<string, Resolution>;

/** The outcomes that the numbers of a code stand for. */
export function outcomesOf(schema: Schema, numbers: readonly number[]): Outcomes {
  return new Map<string, Resolution>(
    schema.flags.map(({ key, outcomes }, i) => {
      // Not why it came about: that was another request, and often another visitor.
      return [key, { ...outcomes[numbers[i] ?? 0], reason: 'CACHED' }];
    }),
  );
}

/** What reading each flag with its default gives; the defaults themselves without outcomes. */
export function valuesOf(
  outcomes: Outcomes | undefined,
  defaults: ReadonlyMap<string, unknown>,
  select: SelectValue,
): Record<string, unknown> {
  const values = Array.from(defaults, ([key, defaultValue]) => {
    const outcome = outcomes?.get(key) ?? { reason: 'DEFAULT' };
    return [key, toDetails(key, defaultValue, outcome, select).value] as const;
  });
  return Object.fromEntries(values);
}

/** The outcomes for the browser, of the flags that may get there. */
export function precomputedBootstrap(
  version: string,
  outcomes: Outcomes,
  select: SelectValue,
): FlagsBootstrap {
  const entries = Array.from(outcomes, ([key, outcome]) => bootstrapEntry(key, outcome, select));
  return encodeBootstrap(version, entries);
}
