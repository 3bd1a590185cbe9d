import { PrefixedSha1 } from '@halyard/core';
import { textOf } from './texts.ts';

/** Per cent as JavaScript divides them by a hundred, whatever they are written as; NaN for no number. */
export function fractionOf(percentage: unknown): number {
  if (percentage === null || typeof percentage === 'boolean') return Number(percentage) / 100;
  return Number(textOf(percentage)) / 100;
}

/**
 * A share of all buckets. A bucket's place between 0 and 1 is the hash of what identifies it with a text in
 * front.
 */
export class Share {
  /** Up to here buckets are in the share, this place included. */
  readonly limit: number;
  private readonly hash: PrefixedSha1;

  constructor(limit: number, hash: PrefixedSha1) {
    this.limit = limit;
    this.hash = hash;
  }

  /** Whether the share is a part only, so that it takes a hash to tell who is in it. */
  get isPartial(): boolean {
    return this.limit > 0 && this.limit < 1;
  }

  /** Nobody at 0: a place of exactly 0 is one in 2^60, and nobody will ever see one. */
  includes(bucket: string): boolean {
    return this.isPartial ? this.placeOf(bucket) <= this.limit : this.limit > 0;
  }

  placeOf(bucket: string): number {
    return this.hash.fraction(bucket);
  }
}

/** Whoever is held out of all flags with a holdout is found by the same hash. */
export const HOLDOUT_HASH = new PrefixedSha1('holdout-');

const EVERYBODY = new Share(1, HOLDOUT_HASH);
const NOBODY = new Share(0, HOLDOUT_HASH);

/** Where a flag's buckets have their places. Nothing is made that no condition needs. */
export class FlagHashes {
  private readonly key: string;
  private ofRollout: PrefixedSha1 | undefined = undefined;
  private ofVariants: PrefixedSha1 | undefined = undefined;

  constructor(key: string) {
    this.key = key;
  }

  /** The share of those who are within a percentage; without one, everybody. */
  rollout(percentage: unknown): Share {
    if (percentage === undefined || percentage === null) return EVERYBODY;
    const limit = fractionOf(percentage);
    if (limit <= 0) return NOBODY;
    if (!(limit < 1)) return EVERYBODY;
    this.ofRollout ??= new PrefixedSha1(`${this.key}.`);
    return new Share(limit, this.ofRollout);
  }

  get variants(): PrefixedSha1 {
    this.ofVariants ??= new PrefixedSha1(`${this.key}.`, 'variant');
    return this.ofVariants;
  }
}
