import type { EvaluationContext } from './context.ts';
import type { FlagMetadata, FlagValue, ResolutionReason } from './resolution.ts';

/** That a subject saw a variant of a flag: what experiments count. */
export interface Exposure {
  /** Deterministic: the same exposure seen twice, or sent twice, has the same id. */
  readonly id: string;
  readonly flagKey: string;
  readonly variant: string | undefined;
  readonly value: FlagValue | undefined;
  readonly reason: ResolutionReason;
  readonly targetingKey: string | undefined;
  /** Who it is counted for, by `subject` of the source when the flag was read. */
  readonly subject?: string | undefined;
  readonly context?: EvaluationContext;
  /** What the backend says of the flag, such as the experiment it is part of. */
  readonly flagMetadata?: FlagMetadata;
  /** The backend's name. */
  readonly source: string;
  /** The version of the definitions that decided. */
  readonly version: string;
  /**
   * Unix milliseconds at which the backend gave this process the definitions that decided. Absent where
   * anything else did, such as a cache or a file, and where they have been replaced since the read.
   */
  readonly definitionsLoadedAt?: number;
  /** Unix milliseconds; taken off the reading path. */
  readonly evaluatedAt: number;
  /** Which side saw it first. */
  readonly origin: 'server' | 'client';
}

/**
 * The platform's AbortSignal where the reader's program has one, and as much of it as core needs
 * where it has not: core compiles without DOM and Node types.
 */
export type CancelSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : { readonly aborted: boolean };

/** What became of a batch that a sink has taken as a whole. */
export interface SendReport {
  /** The exposures the receiver refused, which nothing but a correction can help. */
  readonly rejected: readonly { readonly index: number; readonly message: string }[];
}

/** What a sink is told of the client it serves. */
export interface SinkClient {
  /** The backend's name. */
  readonly sourceName: string;
  /** The same for every worker with the same backend and credentials. Contains no credential. */
  readonly sourceId: string;
  /** The sink of the source's own backend; absent where it takes no exposures. */
  readonly backend?: ExposureSink;
  /** Warns through the client's logger, of each distinct trouble once. */
  warn(message: string): void;
}

/** Where batches of exposures go. */
export interface ExposureSink {
  /** Names the sink in counters and errors. */
  readonly name: string;
  /** The most exposures one call takes. Default: 100. */
  readonly maxBatchSize?: number;
  /**
   * Delivers a batch. Resolves when the sink has it, with a report if parts of it were refused; rejects
   * to have it tried again, unless the error has `permanent: true`. `signal` aborts at the dispatcher's
   * deadline.
   */
  send(
    batch: readonly Exposure[],
    options: { readonly signal: CancelSignal },
    // biome-ignore lint/suspicious/noConfusingVoidType: most senders resolve to nothing at all
  ): Promise<SendReport | void> | SendReport | void;
  /** Whether the sink wants such an exposure; others are not counted as recorded. Default: all. */
  accepts?(exposure: Exposure): boolean;
  /**
   * Called once before anything else. Throws a HalyardError INVALID_OPTION when the sink cannot serve
   * this client.
   */
  open?(client: SinkClient): void;
  /** Called once when the client closes, after the last batch. What it waits for may be cut short. */
  close?(): Promise<void> | void;
}

/** Runs exposure work off the reading path. A refusal may throw; the reader never sees it. */
export interface ExposureExecutor {
  /**
   * Whether reads that can wait do so until their exposures have been sent, which is when the promise
   * of `submit` settles. Reads that give their value at once never wait. Default: false.
   */
  readonly holdsReads?: boolean;
  /** Takes a task that never rejects. A returned promise settles when the task has run. */
  submit(task: () => Promise<void>): Promise<void> | void;
  /** Waits for what was submitted. Absent when the executor keeps nothing. */
  drain?(): Promise<void>;
}
