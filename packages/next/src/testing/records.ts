import type {
  ErrorCode,
  EvaluationContext,
  Resolution,
  ResolutionReason,
  TrackingDetails,
} from '@halyard/core';

/** Something the code under test tracked. */
export interface TrackedEvent {
  readonly name: string;
  readonly context: EvaluationContext | undefined;
  readonly details: TrackingDetails | undefined;
}

/**
 * What the code under test did with its flags: each key once, in the order in which it came first. The
 * lists grow while the test runs.
 */
export interface FlagRecords {
  /** Flags that were read, given or not. */
  readonly read: readonly string[];
  /** Flags that counted as exposed, on the server or in a component. */
  readonly exposed: readonly string[];
  /** Flags that were read but not given: their readers got the default. */
  readonly missing: readonly string[];
  /** Flags that were read as another type than the one given: their readers got the default. */
  readonly mistyped: readonly string[];
  /** Flags that were given but that nobody has read. */
  readonly unread: readonly string[];
  /** What was tracked, through `flags.client`. */
  readonly tracked: readonly TrackedEvent[];
}

/** What the runtime counts as no exposure although there is nothing wrong with it. */
const UNCOUNTED: readonly ResolutionReason[] = ['DISABLED', 'OVERRIDE'];

/**
 * Takes down what happens in a test. The lists are filled as it goes, so that a test may take them out
 * of the kit before it begins.
 */
export class Recorder implements FlagRecords {
  readonly read: string[] = [];
  readonly exposed: string[] = [];
  readonly missing: string[] = [];
  readonly mistyped: string[] = [];
  readonly unread: string[];
  readonly tracked: TrackedEvent[] = [];
  private readonly given: ReadonlyMap<string, Resolution>;

  constructor(given: ReadonlyMap<string, Resolution>) {
    this.given = given;
    this.unread = [...given.keys()];
  }

  /** A read, and what was wrong with it. */
  noteRead(key: string, errorCode?: ErrorCode): void {
    addOnce(this.read, key);
    if (!this.given.has(key)) addOnce(this.missing, key);
    if (errorCode === 'TYPE_MISMATCH') addOnce(this.mistyped, key);
    const at = this.unread.indexOf(key);
    if (at >= 0) this.unread.splice(at, 1);
  }

  /** An exposure. Of a flag that was not given nobody has seen anything. */
  noteExposed(key: string): void {
    const flag = this.given.get(key);
    if (flag !== undefined && !UNCOUNTED.includes(flag.reason)) addOnce(this.exposed, key);
  }
}

function addOnce(list: string[], key: string): void {
  if (!list.includes(key)) list.push(key);
}
