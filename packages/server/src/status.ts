import type { Diagnostic, HalyardError } from '@halyard/core';
import type { CacheStatus } from './definitions/cache/status.ts';

export type { CacheStatus } from './definitions/cache/status.ts';

/** Where a client stands. Only `closed` is final: every other state recovers by itself. */
export type ClientState = 'not-ready' | 'ready' | 'stale' | 'error' | 'closed';

/** Everything the runtime knows about itself. */
export interface ClientStatus {
  readonly state: ClientState;
  /** The backend's name. */
  readonly source: string;
  /**
   * Where what is in use came from: the source, or its fallback while the source has not sent any, or
   * has failed to evaluate. Undefined when there is nothing.
   */
  readonly origin: 'source' | 'fallback' | undefined;
  /**
   * The version of the definitions in use; undefined before the first ones, and `remote` when the
   * backend evaluates.
   */
  readonly version: string | undefined;
  /** Unix milliseconds at which the definitions were last fetched or confirmed unchanged. */
  readonly confirmedAt: number | undefined;
  /** Milliseconds since then. */
  readonly ageMs: number | undefined;
  readonly flagCount: number;
  readonly diagnostics: readonly Diagnostic[];
  /** What the last refresh, or remote evaluation, failed with; undefined after a success. */
  readonly lastError: HalyardError | undefined;
  readonly refreshes: RefreshCounters;
  /** Absent where the source has no stream of updates. */
  readonly updates?: UpdateCounters;
  /** Absent unless the client shares definitions with others. */
  readonly cache?: CacheStatus;
  /** Absent unless the backend evaluates. */
  readonly remote?: RemoteCounters;
  readonly exposures: ExposureCounters;
  /** What was tracked. Absent where the source's backend takes no events. */
  readonly tracking?: DeliveryCounters;
  /** Absent where the source's backend takes no counts of reads. */
  readonly usage?: UsageCounters;
}

/** How often definitions were refreshed, and how it ended. */
export interface RefreshCounters {
  /** Attempts that brought new definitions. */
  readonly changed: number;
  /** Attempts that confirmed the ones held. */
  readonly unchanged: number;
  readonly failed: number;
}

/** How the stream of updates fares. Whatever it does, definitions are refreshed at the interval too. */
export interface UpdateCounters {
  readonly connected: boolean;
  /** Connections that came to be. */
  readonly connects: number;
  /** Connections that ended, and attempts that failed. Another always follows. */
  readonly losses: number;
}

/** How often the backend was asked to evaluate. */
export interface RemoteCounters {
  readonly requests: number;
  /** Of these, those that brought no answer that could be used. */
  readonly failed: number;
}

/**
 * Where every read that is counted for the backend went: `counted = sent + pending + lost`, always. A
 * read by `get` or `details` of a flag that the definitions have is counted, also when it gave the
 * default.
 */
export interface UsageCounters {
  readonly counted: number;
  readonly sent: number;
  /** Gathered or being sent. */
  readonly pending: number;
  /** Refused by the backend, of more flags than are counted (10,000), or left when the client closed. */
  readonly lost: number;
}

/** Why something was lost on its way. */
export type LossReason = 'overflowed' | 'failed' | 'refused' | 'abandoned';

/**
 * Where everything of one kind went: `recorded = delivered + pending + overflowed + failed + refused +
 * abandoned`, always.
 */
export interface DeliveryCounters {
  /** Taken on its way. */
  readonly recorded: number;
  /** Wanted by no sink. Until the sinks are asked it counts as recorded. */
  readonly ignored: number;
  readonly delivered: number;
  /** Queued or being sent. */
  readonly pending: number;
  /** Lost because the queue was full. */
  readonly overflowed: number;
  /** Lost because a sink failed until the last retry, or refused them for good. */
  readonly failed: number;
  /** Lost because the executor refused the work. */
  readonly refused: number;
  /** Lost because the client closed before they were sent, or had closed before they came. */
  readonly abandoned: number;
}

/**
 * Where every exposure went. With several sinks an exposure is delivered when all of them have it, and
 * lost when one of them has lost it. Recorded is what was seen for the first time in the window.
 */
export interface ExposureCounters extends DeliveryCounters {
  /** Seen again within the window, and so not sent. */
  readonly deduplicated: number;
  /** Read as what somebody has chosen in place of the backend, and so kept out. */
  readonly overridden: number;
  /** Read for an answer that was shown to nobody, such as a prefetch. See {@link Omission}. */
  readonly unseen: number;
  /** Shown to somebody who has not consented to being counted. See {@link Omission}. */
  readonly withheld: number;
}

/** Why a flag that was read is not recorded, where whoever serves the visitor decides that. */
export type Omission = 'unseen' | 'withheld';
