import {
  type FlagDefinitionStamp,
  type FlagSource,
  HalyardError,
  type HttpDefinitions,
  isHalyardError,
  messageOf,
} from '@halyard/core';
import { askedPause } from '../../retry-advice.ts';
import type { RefreshSettings } from '../../settings.ts';
import { pause } from '../../timers.ts';
import type { Fetch, FetchResult } from '../fetch.ts';
import type { Definitions, LoadResult, Watcher } from '../held.ts';
import { emptyCachePause, nextPause, selfHelpAge } from '../pace.ts';
import { Chronology } from './chronology.ts';
import type { GuardedCache } from './guarded-cache.ts';
import { CacheReader, type Reading } from './reader.ts';
import { CacheWriter } from './writer.ts';

/** What the shared load needs of its client. */
export interface SharedLoadOptions {
  readonly source: FlagSource;
  readonly definitions: HttpDefinitions<unknown>;
  readonly cache: GuardedCache;
  readonly fetch: Fetch;
  /** Gets ready to fetch. */
  readonly prepare: () => void;
  readonly refresh: RefreshSettings;
  readonly clock: () => number;
}

/** What the source answered, and how it is stored. */
interface Fetched {
  readonly result: FetchResult;
  readonly stamp: FlagDefinitionStamp;
}

const KEPT: LoadResult = { kind: 'kept' };

/**
 * Loads definitions that many workers share: from the source where it is this worker's turn, from their
 * cache where it is another's, and from the source again where the cache is of no help.
 */
export class SharedLoad {
  private readonly options: SharedLoadOptions;
  private readonly chronology = new Chronology();
  private readonly reader: CacheReader;
  private readonly writer: CacheWriter;
  private watcher: Watcher | undefined;
  /** Whether the attempt that follows is the second part of one whose turn it was. */
  private isGranted = false;
  private waiting: AbortController | undefined;

  constructor(options: SharedLoadOptions) {
    const { source, cache } = options;
    this.options = options;
    this.reader = new CacheReader({ ...options, chronology: this.chronology });
    this.writer = new CacheWriter(source, cache, this.chronology);
  }

  /** Tells when there is something to load. Returns what ends it. */
  watch(watcher: Watcher): () => void {
    this.watcher = watcher;
    return this.options.cache.subscribe(() => this.announce());
  }

  async load(held: Definitions | undefined, signal: AbortSignal): Promise<LoadResult> {
    const known = fromSource(held);
    const role = this.isGranted ? 'leader' : await this.options.cache.nextRole();
    this.isGranted = false;
    switch (role) {
      case 'leader':
        return this.lead(known, signal);
      case 'follower':
        this.writer.forget();
        return this.follow(known, signal);
      case 'alone':
        return this.goAlone(known, signal);
    }
  }

  /** Takes what the cache has, and nothing else: that it has changed is no reason to ask the source. */
  async glance(held: Definitions | undefined): Promise<LoadResult> {
    const reading = await this.reader.read(fromSource(held));
    if (reading.kind === 'changed') this.writer.forget();
    return reading.kind === 'changed' || reading.kind === 'unchanged' ? reading : KEPT;
  }

  /** Fetches for all. */
  private async lead(known: Definitions | undefined, signal: AbortSignal): Promise<LoadResult> {
    if (known === undefined) {
      const reading = await this.reader.read(undefined);
      // It serves at once, and its validator makes the request that follows a conditional one.
      if (reading.kind === 'changed') {
        this.isGranted = true;
        return this.onceMore(reading);
      }
    }
    const held = known && this.writer.needsText ? { ...known, validator: undefined } : known;
    try {
      const { result, stamp } = await this.fetch(held, signal);
      return this.thenStore(result, () => this.writer.write(result, stamp));
    } catch (thrown) {
      await this.fetchFailed(thrown);
      throw thrown;
    }
  }

  /** Fetches without knowing whose turn it is. */
  private async goAlone(known: Definitions | undefined, signal: AbortSignal): Promise<LoadResult> {
    const { result, stamp } = await this.fetch(known, signal);
    return this.thenStore(result, () => this.writer.offer(result, stamp));
  }

  /** Fetches, for no other worker. */
  private async helpItself(
    known: Definitions | undefined,
    signal: AbortSignal,
  ): Promise<LoadResult> {
    return (await this.fetch(known, signal)).result;
  }

  /** Takes what another worker has fetched; where that is of no use, fetches for itself alone. */
  private async follow(known: Definitions | undefined, signal: AbortSignal): Promise<LoadResult> {
    const { asOf } = this.chronology;
    const reading = await this.readOrWait(known);
    // A worker's turn comes when another is gone; by then it serves, and should not stop for that.
    this.options.prepare();
    switch (reading.kind) {
      case 'changed':
        return this.isTooOld(reading.confirmedAt) ? this.onceMore(reading) : reading;
      case 'unchanged':
        return (await this.isNeglected(reading.confirmedAt))
          ? this.helpItself(known, signal)
          : reading;
      case 'failed':
        return this.helpItself(known, signal);
      default:
        return known === undefined || (await this.isNeglected(asOf))
          ? this.helpItself(known, signal)
          : KEPT;
    }
  }

  /** Reads the cache; where nothing is held, it may take a moment until another has filled it. */
  private async readOrWait(known: Definitions | undefined): Promise<Reading> {
    const end = performance.now() + emptyCachePause();
    for (;;) {
      this.waiting = new AbortController();
      const reading = await this.reader.read(known);
      const remaining = end - performance.now();
      if (reading.kind !== 'miss' || known !== undefined || remaining <= 0) return reading;
      await pause(remaining, this.waiting.signal);
    }
  }

  /** Fetches. What comes was right when it was asked for, which may be long before it comes. */
  private async fetch(held: Definitions | undefined, signal: AbortSignal): Promise<Fetched> {
    const { chronology } = this;
    const { fetch, clock } = this.options;
    const fetchedAt = clock();
    const result = await fetch(held, signal);
    const { digest = '', validator } =
      result.kind === 'changed' ? result.definitions : { ...held, ...result };
    return {
      stamp: { digest, validator, fetchedAt, generation: chronology.generation },
      result: { ...result, afterwards: async () => chronology.replaced(fetchedAt) },
    };
  }

  private thenStore(result: FetchResult, store: () => Promise<boolean>): LoadResult {
    return {
      ...result,
      afterwards: async () => {
        await result.afterwards?.();
        // Whoever has taken over may have stored something newer.
        if (!(await store())) this.announce();
      },
    };
  }

  /** Has another attempt follow this one at once. */
  private onceMore(result: LoadResult): LoadResult {
    this.watcher?.changed();
    return result;
  }

  private announce(): void {
    this.waiting?.abort();
    this.watcher?.glance();
  }

  /** Has the fleet wait as long as this worker would by itself. */
  private fetchFailed(thrown: unknown): Promise<void> {
    const { cache, refresh, clock } = this.options;
    const asked = askedPause(thrown, clock());
    return cache.fetchFailed(this.asError(thrown), (failures) =>
      // The shortest: whoever has failed must not come just too early, and wait for another interval.
      nextPause(refresh, Math.max(1, failures), { asked, random: 1 }),
    );
  }

  private asError(thrown: unknown): HalyardError {
    if (isHalyardError(thrown)) return thrown;
    return new HalyardError(this.options.source.name, 'REQUEST_FAILED', messageOf(thrown));
  }

  /** Whether nobody has confirmed definitions for long, for no reason that the fleet knows. */
  private async isNeglected(confirmedAt: number | undefined): Promise<boolean> {
    return this.isTooOld(confirmedAt) && this.options.cache.mayFetch();
  }

  private isTooOld(at: number | undefined): boolean {
    const { clock, refresh } = this.options;
    return at !== undefined && clock() - at >= selfHelpAge(refresh);
  }
}

/** Fallback definitions are not the source's, and the cache has nothing to do with them. */
function fromSource(held: Definitions | undefined): Definitions | undefined {
  return held?.digest === undefined ? undefined : held;
}
