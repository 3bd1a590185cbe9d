import type { Resolution, TraceStep } from '@halyard/core';
import { placesBelow, type Subject } from '../dialect/bucket.ts';

/** A variant and its share. */
export interface Share {
  readonly key: string;
  /** From 0 to 1. */
  readonly split: number;
  /** What those get who fall to it; made for those alone to whom somebody can fall. */
  readonly outcome: () => Resolution;
}

/** A variant with its end among the places from 0 to 99, which is not in it. */
interface Part {
  readonly key: string;
  readonly end: number;
  /** The same, from 0 to 1. */
  readonly limit: number;
  readonly outcome: Resolution;
}

/** Variants, ready to be chosen from. */
export class Split {
  /** What everybody gets; undefined when it takes a hash to tell. */
  readonly constant: Resolution | undefined;
  private readonly parts: readonly Part[];
  private readonly salt: string;

  /** `shares`: in the order of their keys; at least one. */
  constructor(shares: readonly Share[], salt: string) {
    this.salt = salt;
    this.parts = partsOf(shares);
    this.constant = this.parts.length === 1 ? this.parts[0]?.outcome : undefined;
  }

  outcomeFor(subject: Subject): Resolution {
    return this.partFor(subject.placeBy(this.salt)).outcome;
  }

  /** What to say of the choice in an explanation. */
  explain(subject: Subject): TraceStep {
    const place = subject.placeBy(this.salt);
    const { key, limit } = this.partFor(place);
    const detail = { bucket: place / 100, variant: key, limit };
    return { kind: 'bucket', path: 'ruleset.variants', matched: true, detail };
  }

  /** Whoever is in no other part is in the last. */
  private partFor(place: number): Part {
    const { parts } = this;
    const last = parts.length - 1;
    for (let i = 0; i < last; i++) {
      const part = parts[i] as Part;
      if (place < part.end) return part;
    }
    return parts[last] as Part;
  }
}

/** Each share ends where those before it and its own come to. Parts that nobody falls into are left out. */
function partsOf(shares: readonly Share[]): readonly Part[] {
  const parts: Part[] = [];
  let limit = 0;
  let taken = 0;
  shares.forEach(({ key, split, outcome }, i) => {
    limit += split;
    const end = placesBelow(limit);
    const isRest = i === shares.length - 1;
    if (taken === 100 || (end <= taken && !isRest)) return;
    parts.push({ key, end, limit, outcome: outcome() });
    taken = Math.max(end, taken);
  });
  return parts;
}
