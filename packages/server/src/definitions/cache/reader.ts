import type { DefinitionsCodec, FlagSource, HttpDefinitions } from '@halyard/core';
import { compileDefinitions } from '../compile.ts';
import type { Definitions, LoadResult } from '../held.ts';
import type { Chronology } from './chronology.ts';
import { digestOfBodies, type Entry, PLAIN_CODEC, readEntry } from './entry.ts';
import type { GuardedCache } from './guarded-cache.ts';

/** What the reader needs of its client. */
export interface ReaderOptions {
  readonly source: FlagSource;
  readonly definitions: HttpDefinitions<unknown>;
  readonly cache: GuardedCache;
  readonly chronology: Chronology;
  readonly clock: () => number;
}

/**
 * What reading a cache brought: a result to use; `older` for definitions that those held have replaced;
 * `miss` for nothing, or nothing that makes sense; `failed` when it could not be read.
 */
export type Reading = LoadResult | { readonly kind: 'older' | 'miss' | 'failed' };

/** Turns what a cache holds into definitions. */
export class CacheReader {
  private readonly options: ReaderOptions;
  private readonly codec: DefinitionsCodec;

  constructor(options: ReaderOptions) {
    this.options = options;
    this.codec = options.source.cacheCodec ?? PLAIN_CODEC;
  }

  /** Reads the cache, given the source's definitions that are held. Never rejects. */
  async read(held: Definitions | undefined): Promise<Reading> {
    const { cache, clock } = this.options;
    const given = await cache.get(this.stampOf(held));
    if (given === undefined) return { kind: 'failed' };
    try {
      const reading = given === null ? MISS : this.understand(readEntry(given), held, clock());
      cache.count(reading.kind === 'miss' ? 'misses' : 'hits');
      return reading;
    } catch (thrown) {
      // Anybody may have written it; whoever fetches next replaces it.
      cache.report('getFlagDefinitions', thrown);
      cache.count('misses');
      return MISS;
    }
  }

  private stampOf(held: Definitions | undefined) {
    if (held?.digest === undefined) return undefined;
    const { digest, validator } = held;
    const { generation, asOf } = this.options.chronology;
    return { digest, validator, generation, fetchedAt: asOf };
  }

  private understand(entry: Entry, held: Definitions | undefined, now: number): Reading {
    if (held !== undefined && entry.digest === held.digest) return this.same(entry, held, now);
    if (entry.data === undefined) return MISS;
    if (held !== undefined && !this.options.chronology.isNewer(entry)) return { kind: 'older' };
    const bodies = this.codec.fromData(entry.data);
    const digest = entry.digest ?? digestOfBodies(bodies);
    if (digest === held?.digest) return this.same(entry, held, now);
    const { source, definitions, chronology } = this.options;
    const options = { version: digest, previous: held?.ruleset };
    const ruleset = compileDefinitions(source, () => definitions.parse(bodies), options);
    const vouchedAt = Math.min(entry.fetchedAt ?? now, now);
    return {
      kind: 'changed',
      definitions: { ruleset, digest, validator: entry.validator },
      confirmedAt: vouchedAt,
      afterwards: async () => {
        chronology.saw(entry.generation);
        chronology.replaced(vouchedAt);
      },
    };
  }

  /** The cache holds what this worker holds: its validator fits as well. */
  private same(entry: Entry, { validator }: Definitions, now: number): LoadResult {
    const { chronology } = this.options;
    const vouchedAt = Math.min(entry.fetchedAt ?? now, now);
    return {
      kind: 'unchanged',
      validator: entry.validator ?? validator,
      confirmedAt: vouchedAt,
      afterwards: async () => {
        chronology.saw(entry.generation);
        chronology.confirmed(vouchedAt);
      },
    };
  }
}

const MISS = { kind: 'miss' } as const;
