import type { HalyardError } from './errors.ts';
import type { Validator } from './source.ts';

/** A value, or a promise of one. */
type Awaitable<T> = T | Promise<T>;

/** What is known of cached definitions beside themselves. */
export interface FlagDefinitionStamp {
  /** Tells definitions apart, and is their version: equal digests mean equal definitions. */
  readonly digest: string;
  /** The validators they were answered with: whoever fetches next can ask conditionally. */
  readonly validator?: Validator;
  /**
   * Unix milliseconds at which they were fetched, or last confirmed unchanged, by the clock of the
   * worker that reads this. A cache that knows how clocks differ corrects it.
   */
  readonly fetchedAt: number;
  /**
   * A whole number that grows with each new definitions that any worker stores. Given to the cache, it is
   * the highest the worker has seen, below which the next must not be.
   */
  readonly generation?: number;
}

/** What a cache holds. */
export interface FlagDefinitionCacheEntry extends FlagDefinitionStamp {
  /** As it was stored; absent where the worker holds these very definitions already. */
  readonly data?: unknown;
}

/** What a cache is told of the client it serves. */
export interface FlagDefinitionCacheBinding {
  /** The backend's name. */
  readonly sourceName: string;
  /** The same for every worker with the same backend and credentials. Contains no credential. */
  readonly sourceId: string;
  /** Milliseconds between a worker's refreshes, each of which asks the cache. */
  readonly refreshInterval: number;
  /** The clock of the stamps: Unix milliseconds. */
  readonly now: () => number;
}

/**
 * Shares definitions between the workers of a fleet, so that one fetches for all. The four methods that
 * must be there are those of PostHog's SDKs, with their meaning: an implementation for posthog-node
 * works as it is. The others close its gaps, and each may be absent.
 *
 * The client waits at most 2 seconds for any call, and no failure of a cache keeps it from fresh
 * definitions: where it cannot be asked, every worker fetches for itself.
 *
 * @see https://posthog.com/docs/feature-flags/local-evaluation/distributed-environments
 */
export interface FlagDefinitionCacheProvider {
  /** Names the cache in warnings. Default: `cache`. */
  readonly name?: string;
  /**
   * Whether this worker fetches, asked at the start of every refresh. True makes it the one that stores
   * what it fetched. A failure means true.
   */
  shouldFetchFlagDefinitions(): Awaitable<boolean>;
  /**
   * The cached data; undefined or null when there is none. Called when another worker fetches, and before
   * a worker's first fetch. A failure means that this worker fetches, without storing.
   */
  getFlagDefinitions(): Awaitable<unknown>;
  /**
   * Stores what was fetched; it is in use already. The data is what the source's `cacheCodec` makes of it,
   * and JSON can carry it. May give the generation it was stored under, or false when another worker has
   * taken over in the meantime. Called again at the next refresh after it failed.
   */
  onFlagDefinitionsReceived(
    data: unknown,
    stamp: FlagDefinitionStamp,
    // biome-ignore lint/suspicious/noConfusingVoidType: PostHog's providers resolve to nothing at all
  ): Awaitable<number | false | void>;
  /** Called once when the client closes, whether or not this worker is the one that fetches. */
  // biome-ignore lint/suspicious/noConfusingVoidType: whatever it resolves to is of no interest
  shutdown(): Awaitable<unknown | void>;

  /**
   * Called once before anything else. Throws a HalyardError INVALID_OPTION when the cache cannot serve
   * this client.
   */
  bind?(binding: FlagDefinitionCacheBinding): void;
  /**
   * Called in place of `getFlagDefinitions`: what is cached with its stamp, without data when it is what
   * the worker holds.
   */
  getFlagDefinitionsEntry?(
    held: FlagDefinitionStamp | undefined,
  ): Awaitable<FlagDefinitionCacheEntry | undefined>;
  /**
   * The backend has confirmed what this worker holds: keeps it from expiring. False when the cache does
   * not hold the same (any more); the worker then stores it again.
   */
  onFlagDefinitionsUnchanged?(stamp: FlagDefinitionStamp): Awaitable<unknown>;
  /**
   * This worker was to fetch and could not: another should, but not at once. `pauseAfter` gives for how
   * many milliseconds the backend is best left alone after so many failures in a row, whichever workers
   * they were: never less than the refresh interval, and bounded.
   */
  onFlagDefinitionsFetchFailed?(
    error: HalyardError,
    pauseAfter: (failures: number) => number,
  ): Awaitable<unknown>;
  /**
   * Whether a worker may fetch for itself that is not the one to fetch, but has definitions that nobody
   * has confirmed for long. False while the reason is known: fetches fail, and some worker tries again
   * when it is time. A failure means true.
   */
  mayFetchFlagDefinitions?(): Awaitable<boolean>;
  /**
   * Calls the listener whenever another worker may have stored newer definitions. Returns what ends it.
   */
  subscribe?(listener: () => void): () => void;
}
