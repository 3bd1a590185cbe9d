import type { EvaluationContext } from './context.ts';
import type { Explanation, TraceStep } from './explain.ts';
import type { Resolution } from './resolution.ts';
import { ResolutionMap } from './resolution-map.ts';
import type { EvaluationScope, Ruleset } from './ruleset.ts';

/** One ruleset × one context × one clock reading. Lazy: a flag is evaluated when it is first read. */
export interface Snapshot {
  readonly context: EvaluationContext;
  readonly source: string;
  readonly version: string;
  /** Evaluates one flag, at most once per snapshot. Never throws. */
  resolve(key: string): Resolution;
  /**
   * Evaluates every flag in bulk, once per snapshot and apart from `resolve`. Leaves out what the
   * backend leaves out (disabled, no value).
   */
  all(): ReadonlyMap<string, Resolution>;
  /** Evaluates one flag anew with every step written down; `resolve` is not affected. Never throws. */
  explain(key: string): Explanation;
}

/** Options of {@link createSnapshot}. */
export interface SnapshotOptions {
  /**
   * Unix time in milliseconds, or a function that reads it; a function is called at most once, and
   * only when a rule needs the time. Default: no time, and rules that ask for it see null.
   */
  readonly now?: number | (() => number);
}

/** Freezes nothing, copies nothing, evaluates nothing: ready in a few nanoseconds. */
export function createSnapshot(
  ruleset: Ruleset,
  context: EvaluationContext,
  options?: SnapshotOptions,
): Snapshot {
  return new LazySnapshot(ruleset, context, options?.now);
}

type Clock = number | undefined | (() => number | undefined);

/** Also its own evaluation scope, which saves an allocation on every request. */
class LazySnapshot implements Snapshot, EvaluationScope {
  state: unknown = undefined;
  trace: TraceStep[] | undefined = undefined;
  readonly context: EvaluationContext;
  private readonly ruleset: Ruleset;
  private clock: Clock;
  // Most requests read one or two flags: the first is kept in fields, the rest in a map made on demand.
  private firstKey: string | undefined = undefined;
  private first: Resolution | undefined = undefined;
  private rest: Map<string, Resolution> | undefined = undefined;
  private bulk: ResolutionMap | undefined = undefined;

  constructor(ruleset: Ruleset, context: EvaluationContext, clock: Clock) {
    this.ruleset = ruleset;
    this.context = context;
    this.clock = clock;
  }

  get source(): string {
    return this.ruleset.source;
  }

  get version(): string {
    return this.ruleset.version;
  }

  get now(): number | undefined {
    if (typeof this.clock === 'function') this.clock = this.clock();
    return this.clock;
  }

  resolve(key: string): Resolution {
    if (key === this.firstKey && this.first !== undefined) return this.first;
    const known = this.rest?.get(key);
    if (known !== undefined) return known;
    const resolution = this.ruleset.resolve(key, this);
    this.remember(key, resolution);
    return resolution;
  }

  all(): ReadonlyMap<string, Resolution> {
    this.bulk ??= new ResolutionMap(this.ruleset.flagKeys, this.ruleset.resolveAll(this));
    return this.bulk;
  }

  explain(key: string): Explanation {
    const steps: TraceStep[] = [];
    // The same clock reading as every other evaluation; taken now only if nobody took it before.
    const scope = new LazySnapshot(this.ruleset, this.context, () => this.now);
    scope.trace = steps;
    const resolution = this.ruleset.resolve(key, scope);
    return { flagKey: key, resolution, steps, source: this.source, version: this.version };
  }

  private remember(key: string, resolution: Resolution): void {
    if (this.firstKey === undefined) {
      this.firstKey = key;
      this.first = resolution;
      return;
    }
    // Unknown keys may come from outside (a request's query): they must not grow the snapshot.
    if (resolution.errorCode === 'FLAG_NOT_FOUND') return;
    this.rest ??= new Map();
    this.rest.set(key, resolution);
  }
}
