import {
  type FlagDefinitionCacheBinding,
  type FlagDefinitionCacheProvider,
  type FlagDefinitionStamp,
  HalyardError,
  isHalyardError,
  messageOf,
} from '@halyard/core';
import { backgroundTimer } from '../../timers.ts';
import { type Warnings, warning } from '../../warnings.ts';
import type { CacheStatus } from './status.ts';

/** What the guard needs of its client. */
export interface GuardedCacheOptions {
  readonly provider: FlagDefinitionCacheProvider;
  /** Milliseconds any call may take. */
  readonly timeout: number;
  readonly warnings: Warnings;
}

/** What a call gave; undefined when it failed. */
type Answer<T> = { readonly value: T } | undefined;

/**
 * The application's cache, guarded. Nothing it does gets through: whatever it throws, and however long it
 * takes, each of these methods ends within the timeout, and none rejects.
 */
export class GuardedCache {
  private readonly options: GuardedCacheOptions;
  private readonly name: string;
  private role: CacheStatus['role'] = 'alone';
  private isClosed = false;
  private readonly counts = { hits: 0, misses: 0, writes: 0, pushes: 0, errors: 0 };

  constructor(options: GuardedCacheOptions) {
    this.options = options;
    this.name = `the definition cache "${options.provider.name ?? 'cache'}"`;
  }

  get status(): CacheStatus {
    return { role: this.role, ...this.counts };
  }

  /** Throws a HalyardError INVALID_OPTION when the cache cannot serve such a client. */
  bind(binding: FlagDefinitionCacheBinding): void {
    try {
      this.options.provider.bind?.(binding);
    } catch (thrown) {
      if (isHalyardError(thrown)) throw thrown;
      const message = `${this.name} refused its client: ${messageOf(thrown)}`;
      throw new HalyardError('cache', 'INVALID_OPTION', message);
    }
  }

  /** What this worker is for the refresh that begins. */
  async nextRole(): Promise<CacheStatus['role']> {
    const { provider } = this.options;
    const answer = await this.call('shouldFetchFlagDefinitions', () =>
      provider.shouldFetchFlagDefinitions(),
    );
    this.role = answer === undefined ? 'alone' : answer.value ? 'leader' : 'follower';
    return this.role;
  }

  /** What is cached: an entry as it came, null for nothing, undefined when the cache failed. */
  async get(held: FlagDefinitionStamp | undefined): Promise<object | null | undefined> {
    const { provider } = this.options;
    const answer =
      provider.getFlagDefinitionsEntry === undefined
        ? await this.call('getFlagDefinitions', () => provider.getFlagDefinitions())
        : await this.call('getFlagDefinitionsEntry', () =>
            provider.getFlagDefinitionsEntry?.(held),
          );
    if (answer === undefined) return undefined;
    const { value } = answer;
    if (typeof value !== 'object' || value === null) return null;
    return provider.getFlagDefinitionsEntry === undefined ? { data: value } : value;
  }

  /** Stores definitions. What it gave, such as their generation; undefined when that failed. */
  store(data: unknown, stamp: FlagDefinitionStamp): Promise<Answer<unknown>> {
    const { provider } = this.options;
    return this.call('onFlagDefinitionsReceived', () =>
      provider.onFlagDefinitionsReceived(data, stamp),
    );
  }

  /** Tells that what is held is still right. Whether the cache may have lost it. */
  async isLost(stamp: FlagDefinitionStamp): Promise<boolean> {
    const { provider } = this.options;
    if (provider.onFlagDefinitionsUnchanged === undefined) return false;
    const answer = await this.call('onFlagDefinitionsUnchanged', () =>
      provider.onFlagDefinitionsUnchanged?.(stamp),
    );
    return answer?.value === false;
  }

  /** Tells that this worker was to fetch and could not, and how long to pause after how many failures. */
  async fetchFailed(error: HalyardError, pauseAfter: (failures: number) => number): Promise<void> {
    const { provider } = this.options;
    if (provider.onFlagDefinitionsFetchFailed === undefined) return;
    await this.call('onFlagDefinitionsFetchFailed', () =>
      provider.onFlagDefinitionsFetchFailed?.(error, pauseAfter),
    );
  }

  /** Whether this worker may fetch for itself, although another is to fetch. */
  async mayFetch(): Promise<boolean> {
    const { provider } = this.options;
    if (provider.mayFetchFlagDefinitions === undefined) return true;
    const answer = await this.call('mayFetchFlagDefinitions', () =>
      provider.mayFetchFlagDefinitions?.(),
    );
    return answer?.value !== false;
  }

  /** Hears of changes. Returns what ends it. */
  subscribe(listener: () => void): () => void {
    const hear = () => {
      this.counts.pushes++;
      listener();
    };
    const stop = this.attempt('subscribe', () => this.options.provider.subscribe?.(hear));
    return () => void this.attempt('subscribe', () => stop?.());
  }

  /** Closes the cache, which nothing is asked of afterwards. `deadline` in milliseconds. */
  async shutdown(deadline: number): Promise<void> {
    const { provider } = this.options;
    const closed = this.call('shutdown', () => provider.shutdown(), deadline);
    this.isClosed = true;
    await closed;
  }

  count(what: 'hits' | 'misses' | 'writes'): void {
    this.counts[what]++;
  }

  /** Tells once of a lasting trouble. */
  report(method: keyof FlagDefinitionCacheProvider, thrown: unknown): void {
    this.counts.errors++;
    const what = `${this.name} failed (${method}); this worker goes on without it`;
    this.options.warnings.once(`cache.${method}`, warning('cache', what, thrown));
  }

  private async call<T>(
    method: keyof FlagDefinitionCacheProvider,
    run: () => T | Promise<T>,
    timeout: number = this.options.timeout,
  ): Promise<Answer<T>> {
    if (this.isClosed) return undefined;
    try {
      const value = await within(timeout, run);
      this.options.warnings.settle(`cache.${method}`);
      return { value };
    } catch (thrown) {
      this.report(method, thrown);
      return undefined;
    }
  }

  private attempt<T>(method: keyof FlagDefinitionCacheProvider, run: () => T): T | undefined {
    try {
      return run();
    } catch (thrown) {
      this.report(method, thrown);
      return undefined;
    }
  }
}

/** What a function gives, or resolves to within that many milliseconds. Rejects otherwise. */
function within<T>(ms: number, run: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = backgroundTimer(() => reject(new Error(`it took longer than ${ms} ms.`)), ms);
    called(run)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

/** Turns what a function throws into a rejection. */
async function called<T>(run: () => T | Promise<T>): Promise<T> {
  return run();
}
