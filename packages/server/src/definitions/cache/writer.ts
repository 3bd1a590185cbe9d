import type { DefinitionsCodec, FlagDefinitionStamp, FlagSource } from '@halyard/core';
import type { FetchResult } from '../fetch.ts';
import type { Chronology } from './chronology.ts';
import { PLAIN_CODEC, readGeneration } from './entry.ts';
import type { GuardedCache } from './guarded-cache.ts';

/** Stores what this worker has fetched for all, and sees to it that it stays stored. */
export class CacheWriter {
  private readonly cache: GuardedCache;
  private readonly chronology: Chronology;
  private readonly codec: DefinitionsCodec;
  /** What could not be stored; kept for the next try, because the source may answer 304 until then. */
  private unstored: readonly string[] | undefined;
  /**
   * Whether the cache has lost what is held, of which this worker has no text: the next fetch must bring
   * it, although the definitions are held already.
   */
  needsText = false;

  constructor(source: FlagSource, cache: GuardedCache, chronology: Chronology) {
    this.cache = cache;
    this.chronology = chronology;
    this.codec = source.cacheCodec ?? PLAIN_CODEC;
  }

  /** It is for another worker to store, or what was to be stored is no longer in use. */
  forget(): void {
    this.unstored = undefined;
    this.needsText = false;
  }

  /**
   * Stores what the worker that fetches for all has fetched, or keeps it from expiring when it was
   * confirmed. False when another worker has taken over. Never rejects.
   */
  async write(result: FetchResult, stamp: FlagDefinitionStamp): Promise<boolean> {
    const { kind, bodies } = result;
    if (bodies !== undefined && (kind === 'changed' || this.needsText)) {
      return this.store(bodies, stamp);
    }
    if (this.unstored !== undefined) return this.store(this.unstored, stamp);
    if (!(await this.cache.isLost(stamp))) return true;
    if (bodies !== undefined) return this.store(bodies, stamp);
    this.needsText = true;
    return true;
  }

  /** Stores what a worker has fetched that could not ask whether it should. Never rejects. */
  async offer({ kind, bodies }: FetchResult, stamp: FlagDefinitionStamp): Promise<boolean> {
    return kind !== 'changed' || bodies === undefined || this.store(bodies, stamp);
  }

  private async store(bodies: readonly string[], stamp: FlagDefinitionStamp): Promise<boolean> {
    this.needsText = false;
    this.unstored = bodies;
    const answer = await this.put(bodies, stamp);
    if (answer === undefined) return true;
    this.unstored = undefined;
    if (answer.value === false) return false;
    this.chronology.saw(readGeneration(answer.value));
    this.cache.count('writes');
    return true;
  }

  private async put(
    bodies: readonly string[],
    stamp: FlagDefinitionStamp,
  ): Promise<{ readonly value: unknown } | undefined> {
    try {
      return await this.cache.store(this.codec.toData(bodies), stamp);
    } catch (thrown) {
      // The codec's doing: a source may be anybody's code.
      this.cache.report('onFlagDefinitionsReceived', thrown);
      return undefined;
    }
  }
}
