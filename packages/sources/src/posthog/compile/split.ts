import type { TraceStep } from '@halyard/core';
import { type FlagHashes, fractionOf } from '../dialect/share.ts';
import { FAILED } from '../dialect/verdict.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import { membersOf } from './written.ts';

/** A variant with its part of the places between 0 and 1; the end is not in it. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly outcome: Outcome;
}

/** A flag's variants, ready to be chosen from. */
export class Split {
  /** The variants' keys. */
  readonly keys: readonly unknown[];
  /** What everybody gets; undefined when it takes a hash to tell. */
  readonly constant: Outcome | undefined;
  private readonly parts: readonly Part[];
  /** For whoever is in no part. */
  private readonly rest: Outcome;
  private readonly hashes: FlagHashes;

  constructor(variants: readonly object[], outcomes: Outcomes, hashes: FlagHashes) {
    this.keys = variants.map((variant) => membersOf(variant).key);
    this.rest = outcomes.on(true, true);
    this.hashes = hashes;
    let end = 0;
    this.parts = variants.map((variant) => {
      const { key, rollout_percentage: percentage } = membersOf(variant);
      const start = end;
      end = start + fractionOf(percentage);
      const outcome = typeof key === 'string' && key !== '' ? outcomes.on(key, true) : this.rest;
      return { start, end, outcome };
    });
    const [first] = this.parts;
    // A place of exactly 1 is one in 2^54: nobody will ever see one.
    this.constant = first !== undefined && first.end >= 1 ? first.outcome : undefined;
  }

  outcomeFor(bucket: string): Outcome {
    const place = this.hashes.variants.fraction(bucket);
    const { parts } = this;
    for (let i = 0; i < parts.length; i++) {
      const { start, end, outcome } = parts[i] as Part;
      if (place >= start && place < end) return outcome;
    }
    return this.rest;
  }

  /** What to say of the choice in an explanation. */
  explain(bucket: string): TraceStep {
    const place = this.hashes.variants.fraction(bucket);
    const part = this.parts.find(({ start, end }) => place >= start && place < end);
    const bounds = part && { variant: part.outcome.value ?? null, from: part.start, to: part.end };
    return {
      kind: 'bucket',
      path: 'filters.multivariate',
      matched: part !== undefined,
      detail: { bucket: place, ...bounds },
    };
  }
}

/** What a flag's variants are: none, a split, or malformed. */
export type Variants = Split | 'none' | 'malformed';

/** Reads a flag's variants. */
export function readVariants(
  multivariate: unknown,
  outcomes: Outcomes,
  hashes: FlagHashes,
): Variants {
  const variants = writtenVariants(multivariate);
  if (variants === 'malformed') return variants;
  return variants.length === 0 ? 'none' : new Split(variants, outcomes, hashes);
}

/** A flag's variants as they are written. */
export function writtenVariants(multivariate: unknown): readonly object[] | 'malformed' {
  const { variants } = membersOf(multivariate);
  if (!variants) return [];
  return Array.isArray(variants) && variants.every(isVariant) ? variants : 'malformed';
}

function isVariant(variant: unknown): variant is object {
  return typeof membersOf(variant).key === 'string';
}

/** Who matches a condition gets its own variant, one by the split, or true. */
export function matchOutcome(
  own: unknown,
  isPartial: boolean,
  { variants, outcomes }: { readonly variants: Variants; readonly outcomes: Outcomes },
): Outcome | Split {
  if (variants === 'malformed') return outcomes.open(FAILED);
  if (variants === 'none') return outcomes.on(true, isPartial);
  if (typeof own === 'string' && own !== '' && variants.keys.includes(own)) {
    return outcomes.on(own, isPartial);
  }
  return variants.constant ?? variants;
}
