import type {
  Diagnostic,
  EvaluationContext,
  EvaluationDetails,
  Explanation,
  Exposure,
  FlagOutcome,
  FlagSource,
  FlagType,
  HalyardError,
  Resolution,
  TrackingDetails,
} from '@halyard/core';
import type { ClientStatus, LossReason, Omission } from './status.ts';

export type * from './status.ts';

/** One read, as reported to listeners. */
export interface ResolutionEvent {
  readonly details: EvaluationDetails;
  readonly targetingKey: string | undefined;
  readonly version: string;
  /** How long the read took, in milliseconds (fractional). */
  readonly durationMs: number;
}

/** Losses of one reason. */
export interface DroppedEvent {
  readonly reason: LossReason;
  readonly count: number;
  readonly cause: HalyardError | undefined;
}

/** What can be listened to, and what each listener receives. */
export interface ClientEvents {
  /** First definitions, or good ones again after `stale` or `error`. */
  ready: ClientStatus;
  /** New definitions are in use. `flagsChanged` names added, removed and changed flags. */
  configurationChanged: {
    readonly flagsChanged: readonly string[];
    readonly version: string;
    readonly diagnostics: readonly Diagnostic[];
  };
  /** Definitions are older than `staleAfter`; they stay in use. */
  stale: ClientStatus;
  /** A refresh failed. Definitions held stay in use. */
  error: { readonly error: HalyardError; readonly status: ClientStatus };
  /** A flag was read. Measured only while somebody listens. */
  resolution: ResolutionEvent;
  /** A batch reached the sink, but for what the sink refused of it. */
  exposuresSent: { readonly sink: string; readonly batch: readonly Exposure[] };
  /** Exposures were lost; the reason is a field of {@link ExposureCounters}. */
  exposuresDropped: DroppedEvent;
  /** Tracked events were lost; the reason is a field of {@link DeliveryCounters}. */
  trackingDropped: DroppedEvent;
}

/** Options of one read. */
export interface ReadOptions {
  /** Whether this read counts as an exposure. Default: true. */
  readonly expose?: boolean;
  /** Whether this read is counted for a backend that is told how often flags are read. Default: true. */
  readonly count?: boolean;
}

/**
 * One visitor's view of one version of the definitions. Synchronous, lazy, memoised.
 *
 * A read counts as an exposure when the flag gave the reader something: not for errors, nor for flags
 * that are disabled or have no value. Reads of which the backend cannot tell whose they are, as a rule
 * those without a targeting key, count once for all of them. From
 * `staleAfter` on, successful reads carry the reason STALE, with the one they had as `halyard.reason`
 * and the age in milliseconds as `halyard.ageMs` in the metadata.
 */
export interface ClientSnapshot {
  readonly context: EvaluationContext;
  readonly version: string;
  /** The keys of all flags, in the definitions' order; none without definitions. */
  readonly flagKeys: readonly string[];
  /** The flag's value, or the default. Its type is the default's, widened. Never throws. */
  get<T>(key: string, defaultValue: T, options?: ReadOptions): FlagType<string, T>;
  /** The flag's value with variant, reason and error. Never throws. */
  details<T>(key: string, defaultValue: T, options?: ReadOptions): EvaluationDetails<T>;
  /** What the backend resolves the flag to, whatever its type. Exposes and counts nothing. */
  resolve(key: string): Resolution;
  /** Every flag, in bulk. Exposes nothing. */
  all(): ReadonlyMap<string, Resolution>;
  /** Why a flag resolves as it does. Exposes nothing. */
  explain(key: string): ClientExplanation;
  /**
   * Everything that a flag can come out as for anybody, by the definitions of this view. Undefined for an
   * unknown key, where outcomes cannot be listed, and without definitions. Never throws.
   */
  outcomesOf(key: string): readonly FlagOutcome[] | undefined;
  /**
   * The same view with some flags coming out as somebody has chosen, one of {@link outcomesOf}, by key. Such
   * reads have the reason OVERRIDE and the metadata `halyard.override`, and are no exposures: the counter
   * `overridden` says how many there were. An explanation tells what the flag would have been.
   */
  overridden(chosen: ReadonlyMap<string, FlagOutcome>): ClientSnapshot;
  /**
   * The same view with every flag decided that the definitions at hand cannot decide (their resolutions
   * have `remote`): one request for all of them, made once per snapshot. The same snapshot where there
   * is nothing to ask, or nobody. Never rejects; what the backend did not answer stays an error.
   */
  complete(options?: CompleteOptions): Promise<ClientSnapshot>;
  /**
   * Counts exposures of flags resolved elsewhere, such as in the browser, as what this snapshot
   * resolves them to. Unknown keys are ignored, and so is what comes after the first 10,000.
   */
  expose(keys: Iterable<string>, origin: Exposure['origin']): void;
}

/** Options of {@link ClientSnapshot.complete}. */
export interface CompleteOptions {
  /** How long to wait at most, in milliseconds. Default: 3000. */
  readonly deadline?: number;
}

/** An explanation with the age of the definitions it rests on. */
export interface ClientExplanation extends Explanation {
  readonly ageMs: number | undefined;
}

/** Options of {@link FlagClient.load}. */
export interface LoadOptions {
  /**
   * The flags to ask the backend for. Reads of any other are errors that say so. Default: all flags.
   * Without effect where definitions are local.
   */
  readonly keys?: readonly string[];
  /** How long to wait at most, in milliseconds. Default: 3000. */
  readonly deadline?: number;
}

/**
 * What somebody was shown of a flag: the variant's name; on or off, of a flag without variants; or the
 * details of a read, which also say why, and what the backend said of the flag.
 */
export type ShownVariant = string | boolean | EvaluationDetails<unknown>;

/** Options of {@link FlagClient.refresh}. */
export interface RefreshNowOptions {
  /**
   * Whether an attempt has to begin after the call, because one that is under way may have read what was
   * there before. Default: false.
   */
  readonly anew?: boolean;
}

/** Options of {@link FlagClient.close}. */
export interface CloseOptions {
  /** How long pending exposures, events and counts may take to be delivered, in milliseconds. Default: 3000. */
  readonly deadline?: number;
}

/** The runtime: holds definitions, keeps them fresh, answers reads from memory, sends exposures. */
export interface FlagClient {
  readonly source: FlagSource;
  /**
   * Resolves when definitions are there, when none can come (the client is closed, or definitions
   * given in code are invalid), when the source has failed and fallback definitions serve, or when the
   * timeout has passed; look at `state`. Never rejects. `timeout` is in milliseconds, default 3000.
   */
  ready(options?: { readonly timeout?: number }): Promise<ClientStatus>;
  status(): ClientStatus;
  /** Listens; returns the function that stops it. A listener that throws harms nobody. */
  on<Event extends keyof ClientEvents>(
    event: Event,
    listener: (payload: ClientEvents[Event]) => void,
  ): () => void;
  /**
   * A visitor's view. Before the first definitions, on a closed client, and where the backend evaluates
   * (see {@link FlagClient.load}), every read gives the default with PROVIDER_NOT_READY, or what the
   * source says a flag is without definitions.
   */
  snapshot(context?: EvaluationContext): ClientSnapshot;
  /**
   * A visitor's view for which waiting is worth while. Where definitions are local: as soon as they are
   * there, or fallback definitions when the source has failed. Where the backend evaluates: with one
   * request, whose answer is the snapshot; should it fail, from fallback definitions where there are
   * any. After the deadline, and on a closed client, every read gives the default and says why. Never
   * rejects.
   */
  load(context?: EvaluationContext, options?: LoadOptions): Promise<ClientSnapshot>;
  /** One read: `snapshot(context).details(key, defaultValue)`. */
  resolve<T>(
    key: string,
    defaultValue: T,
    context?: EvaluationContext,
    options?: ReadOptions,
  ): EvaluationDetails<T>;
  /**
   * Counts an exposure by hand: that whoever the context is about was shown this variant, whatever the
   * flag resolves to now. It goes the way of all exposures: once within the window, also if a read has
   * counted it already, and through the executor. What the definitions at hand say of the flag is sent
   * along where they give the context this very variant. Details that hold an error or the default
   * show nothing of the flag, and do not count. Never throws: what makes no sense is warned about.
   */
  expose(key: string, variant: ShownVariant, context: EvaluationContext): void;
  /**
   * Notes that flags were read, `expose: false`, and are no exposures: for the counters only, so that
   * whoever decides what counts loses nothing silently. Never throws.
   */
  omit(why: Omission, count: number): void;
  /**
   * Tells the source's backend that whoever the context is about did something, such as buying
   * (OpenFeature 6). It is sent like exposures are: by the same executor and limits, each call once.
   * Warns, and sends nothing, where the backend takes no events. Never throws.
   */
  track(name: string, context?: EvaluationContext, details?: TrackingDetails): void;
  /**
   * Refreshes now; concurrent calls share one attempt. Never rejects. Does nothing where the backend
   * evaluates.
   */
  refresh(options?: RefreshNowOptions): Promise<ClientStatus>;
  /**
   * Resolves when the exposures of what was read in this turn of the event loop have been sent or lost,
   * where the executor has reads wait for that, as `inline()` does, or after `exposures.sendTimeout`; at
   * once with any other executor. For whoever reads for somebody who can wait. Never rejects.
   */
  settled(): Promise<void>;
  /**
   * Sends the exposures, events and counts that are queued. Resolves when they are delivered, lost and counted,
   * or at the deadline.
   */
  flush(options?: CloseOptions): Promise<void>;
  /** Stops refreshing, delivers pending exposures within the deadline, releases everything. */
  close(options?: CloseOptions): Promise<ClientStatus>;
}
