import type { Resolution, TraceStep } from '@halyard/core';
import { placesBelow, type Salt, type Subject } from '../dialect/bucket.ts';

/** A variant and its share. */
export interface Share {
  readonly key: string;
  /** From 0 to 1. */
  readonly split: number;
  readonly outcome: Resolution;
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
  private readonly salt: Salt;

  /** `shares`: in the order of their keys; at least one. */
  constructor(shares: readonly Share[], salt: Salt) {
    this.salt = salt;
    let limit = 0;
    this.parts = shares.map(({ key, split, outcome }) => {
      limit += split;
      return { key, end: placesBelow(limit), limit, outcome };
    });
    const [first] = this.parts;
    const isForAll = this.parts.length === 1 || first?.end === 100;
    this.constant = isForAll ? first?.outcome : undefined;
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

  /** Who is in no part is in the last. */
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
