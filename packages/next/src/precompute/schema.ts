import { createHash } from 'node:crypto';
import { type FlagOutcome, flagOutcome, type Resolution } from '@halyard/core';
import { canonicalJson } from './canonical-json.ts';

/** Bytes of a fingerprint: two of an application's schemas never share one by chance. */
export const FINGERPRINT_BYTES = 6;

/** What one flag can come out as, numbered. */
export interface FlagSchema {
  readonly key: string;
  /** By number. Number 0 is always the outcome without a value, which leaves it to the reader's default. */
  readonly outcomes: readonly FlagOutcome[];
  /** The number of each outcome, by its canonical JSON. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The numbers that the definitions list, in order; those a page is made for in advance. */
  readonly listed: readonly number[];
}

/** What all of a page's flags can come out as: that which the numbers in a code refer to. */
export interface Schema {
  readonly fingerprint: Buffer;
  /** In the order of their keys. */
  readonly flags: readonly FlagSchema[];
}

/** Where outcomes are known from: a snapshot. */
export type OutcomesOf = (key: string) => readonly FlagOutcome[] | undefined;

/**
 * The schema of these keys under one version of the definitions. Neither the order of a flag's outcomes
 * nor that of their properties makes another schema of it.
 */
export function schemaOf(source: string, keys: readonly string[], outcomesOf: OutcomesOf): Schema {
  const flags = keys.toSorted().map((key) => flagSchema(key, outcomesOf(key) ?? []));
  const identity = [source, flags.map(({ key, numbers }) => [key, [...numbers.keys()]])];
  const digest = createHash('sha256').update(JSON.stringify(identity)).digest();
  return { fingerprint: digest.subarray(0, FINGERPRINT_BYTES), flags };
}

const WITHOUT_VALUE: FlagOutcome = {};
const WITHOUT_VALUE_TEXT = '{}';

function flagSchema(key: string, given: readonly FlagOutcome[]): FlagSchema {
  const byText = outcomesByText(given);
  const isListed = byText.delete(WITHOUT_VALUE_TEXT) || byText.size === 0;
  const texts = [WITHOUT_VALUE_TEXT, ...[...byText.keys()].sort()];
  return {
    key,
    outcomes: texts.map((text) => byText.get(text) ?? WITHOUT_VALUE),
    numbers: new Map(texts.map((text, number) => [text, number])),
    listed: texts.map((_, number) => number).slice(isListed ? 0 : 1),
  };
}

/** A list of which a part cannot be told apart from others is no list. */
function outcomesByText(given: readonly FlagOutcome[]): Map<string, FlagOutcome> {
  const byText = new Map<string, FlagOutcome>();
  for (const outcome of given) {
    const text = canonicalJson(outcome);
    if (text === undefined) return new Map();
    byText.set(text, outcome);
  }
  return byText;
}

/**
 * The number of what a flag resolved to. An error leaves the value to the default, and so does an
 * outcome that is not among those listed: undefined, since somebody should hear of that.
 */
export function numberOf(flag: FlagSchema, resolution: Resolution): number | undefined {
  if (resolution.errorCode !== undefined) return 0;
  const text = canonicalJson(flagOutcome(resolution));
  return text === undefined ? undefined : flag.numbers.get(text);
}
