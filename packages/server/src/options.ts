import type {
  ExposureExecutor,
  ExposureSink,
  FlagDefinitionCacheProvider,
  FlagSource,
} from '@halyard/core';

/** Options of {@link createFlagClient}. Checked when the client is created. */
export interface FlagClientOptions {
  /** The backend, such as `flagdFile('./flags.json')`. */
  readonly source: FlagSource;
  readonly refresh?: RefreshOptions;
  /**
   * Where workers share definitions, so that one fetches for all; closed with the client. Only for
   * definitions that come over HTTP. Default: each worker fetches for itself.
   */
  readonly cache?: FlagDefinitionCacheProvider;
  readonly exposures?: ExposureOptions;
  readonly transport?: TransportOptions;
  /** Receives warnings: failed refreshes, invalid flags, lost exposures. Default: `console`. */
  readonly logger?: Logger;
  /** Reads Unix milliseconds. Default: `Date.now`. */
  readonly clock?: () => number;
}

/** Where warnings go. `console` fits. */
export interface Logger {
  warn(message: string): void;
}

/** How definitions are kept fresh. */
export interface RefreshOptions {
  /**
   * Milliseconds between refreshes, ± 10 % jitter. Default: what the source likes, else 30000. Files
   * are watched, and streams of updates followed, as well; for them this is the safety net.
   */
  readonly interval?: number;
  /**
   * Age in milliseconds from which reads carry the reason STALE; Infinity for never. Definitions given
   * in code have no age. Default: 10 × interval.
   */
  readonly staleAfter?: number;
  /**
   * The longest pause between attempts that fail, in milliseconds, at least the interval, whatever the
   * backend asks for (`Retry-After`). Default: 5 × interval.
   */
  readonly maxBackoff?: number;
}

/** How exposures are counted and sent. */
export interface ExposureOptions {
  /**
   * One sink, several, a function that takes a batch, or `false` to count nothing. `'backend'`, alone
   * or in a list, is where the source's own backend takes exposures. Default: `'backend'` where the
   * source has such a place, else `false`.
   */
  readonly sink?:
    | ExposureSink
    | 'backend'
    | ExposureSink['send']
    | readonly (ExposureSink | 'backend')[]
    | false;
  /** Default: `inline()`. */
  readonly executor?: ExposureExecutor;
  /**
   * Milliseconds within which the same subject, flag and variant (or value, without variants) count
   * once. Windows follow each other from the Unix epoch on, so with the default, 24 hours, they are
   * days in UTC. Ids of exposures hold the window: each process gives the same exposure the same id.
   */
  readonly dedupeWindow?: number;
  /**
   * The most subjects the ledger remembers, at least 2; those not seen for longest are forgotten, and
   * may count again. Default: 100000.
   */
  readonly maxSubjects?: number;
  /** The most exposures waiting, per sink; more are dropped and counted. Default: 10000. */
  readonly maxQueued?: number;
  /**
   * Tries per batch, the first included. Default: 3. An error with `permanent: true`, such as most 4xx
   * of a backend, ends them at once.
   */
  readonly maxAttempts?: number;
  /** Milliseconds one try may take, all parts of a batch included. Default: 5000. */
  readonly sendTimeout?: number;
}

/** How HTTP requests are made. */
export interface TransportOptions {
  /** Milliseconds one try of a request may take, connection to last byte. Default: 10000. */
  readonly timeout?: number;
  /** The largest response accepted, decompressed, or file read, in bytes. Default: 32 MiB. */
  readonly maxResponseBytes?: number;
  /**
   * Tries per request, the first included. Default: 3. Exposures go by `exposures.maxAttempts`, counts
   * of reads with the next ones.
   */
  readonly maxAttempts?: number;
}
