import { isJsonObject, murmur3x86_32 } from '@halyard/core';

/** What `fractional` may answer: the name of a variant, or a value that another operator tests. */
export type BucketVariant = string | number | boolean | null;

/** A rollout whose entries are all written out: bounds are summed once, when it is compiled. */
export interface Distribution {
  readonly variants: readonly BucketVariant[];
  /** The sum of the weights up to and including each entry. */
  readonly bounds: readonly number[];
  readonly total: number;
  /** The index of the only entry with a weight: it wins whatever the hash is. Else -1. */
  readonly only: number;
}

/** The largest total weight (specs: flagd's own limit, a signed 32-bit integer). */
export const MAX_TOTAL_WEIGHT = 2_147_483_647;

/** Undefined when an entry must be evaluated first; null when an entry is invalid. */
export function staticDistribution(entries: readonly unknown[]): Distribution | null | undefined {
  return entries.every(isStatic) ? distributionOf(entries) : undefined;
}

/** Whether an entry holds nothing to evaluate. */
export function isStatic(entry: unknown): boolean {
  if (!Array.isArray(entry)) return !isJsonObject(entry);
  return entry.every((part) => typeof part !== 'object' || part === null);
}

/** Sums up evaluated entries `[variant, weight?]`; null when one is invalid or the total too large. */
export function distributionOf(entries: readonly unknown[]): Distribution | null {
  const variants: BucketVariant[] = [];
  const bounds: number[] = [];
  let total = 0;
  let weighted = 0;
  let last = -1;
  for (const entry of entries) {
    const weight = weightOf(entry);
    if (weight === undefined) return null;
    if (weight > 0) {
      total += weight;
      weighted++;
      last = variants.length;
    }
    variants.push(((entry as readonly unknown[])[0] ?? null) as BucketVariant);
    bounds.push(total);
  }
  if (total > MAX_TOTAL_WEIGHT) return null;
  return { variants, bounds, total, only: weighted === 1 ? last : -1 };
}

/** An evaluated entry's weight; undefined when the entry is invalid. */
export function weightOf(entry: unknown): number | undefined {
  if (!Array.isArray(entry) || entry.length === 0 || entry.length > 2) return undefined;
  const variant: unknown = entry[0];
  const weight: unknown = entry.length === 1 ? 1 : entry[1];
  if (typeof variant === 'object' && variant !== null) return undefined;
  if (typeof weight !== 'number' || !Number.isInteger(weight)) return undefined;
  // Negative weights come out of rollout arithmetic; they mean "nobody".
  return Math.max(0, weight);
}

/** The entry that a bucket falls into; -1 for none. */
export function entryAt({ bounds }: Distribution, bucket: number): number {
  for (let i = 0; i < bounds.length; i++) {
    if ((bounds[i] as number) > bucket) return i;
  }
  return -1;
}

/** Up to this total weight the product of hash and total is exact: it stays below 2^53. */
const EXACT_TOTAL = 2 ** 21;

/**
 * `hash × total >> 32`, exactly. The product may need 63 bits; it is then taken in halves of the hash,
 * so that both partial products stay below 2^47.
 */
export function bucketOf(key: string, total: number): number {
  const hash = murmur3x86_32(key);
  if (total <= EXACT_TOTAL) return Math.floor((hash * total) / 4_294_967_296);
  const high = hash >>> 16;
  const low = hash & 0xffff;
  return Math.floor((high * total + Math.floor((low * total) / 65_536)) / 65_536);
}
