import { md5Words, PrefixedMd5 } from '@halyard/core';

const BUCKETS = 9999;
const DIGEST = new Uint32Array(4);
/** What each 16-bit half of a digest counts modulo 9999, the last half first. */
const WEIGHTS = Float64Array.from(weights());

/**
 * Flagsmith's bucketing: from 0 (included) to 100 (excluded), by the MD5 of a list of ids joined by
 * commas. The ids that stay the same are given once, as the text before the last one.
 */
export class Percentage {
  private readonly prefix: string;
  private readonly hash: PrefixedMd5;

  /** `prefix` holds the leading ids with their commas, and whatever the last id always begins with. */
  constructor(prefix: string) {
    this.prefix = prefix;
    this.hash = new PrefixedMd5(prefix);
  }

  /** The percentage of the ids that end in `suffix`. */
  of(suffix: string): number {
    const bucket = bucketOf(this.hash.digest(suffix, DIGEST));
    return bucket === BUCKETS - 1 ? this.again(suffix) : toPercentage(bucket);
  }

  /** 100 is out of range: the list is hashed again, repeated until the result is another. */
  private again(suffix: string): number {
    const ids = this.prefix + suffix;
    let list = ids;
    for (;;) {
      list += `,${ids}`;
      const bucket = bucketOf(md5Words(list, DIGEST));
      if (bucket !== BUCKETS - 1) return toPercentage(bucket);
    }
  }
}

/** In this order: the last bit depends on it. */
function toPercentage(bucket: number): number {
  return (bucket / (BUCKETS - 1)) * 100;
}

/** A digest, as one big number, modulo 9999. Every step is exact in a double. */
function bucketOf(digest: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const word = digest[i] as number;
    sum +=
      (word >>> 16) * (WEIGHTS[2 * i] as number) + (word & 0xffff) * (WEIGHTS[2 * i + 1] as number);
  }
  return sum - Math.floor(sum / BUCKETS) * BUCKETS;
}

function weights(): number[] {
  const list = [1];
  while (list.length < 8) list.unshift(((list[0] as number) * 65_536) % BUCKETS);
  return list;
}
