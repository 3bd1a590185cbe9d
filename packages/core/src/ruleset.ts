import type { EvaluationContext } from './context.ts';
import type { TraceStep } from './explain.ts';
import type { FlagOutcome } from './flag-outcome.ts';
import type { Resolution } from './resolution.ts';

/** Something wrong with a definition, found while compiling it. Its neighbours are unaffected. */
export interface Diagnostic {
  /** The flag concerned; absent when the document as a whole is. */
  readonly flagKey?: string;
  /** Where in the flag or document, as a path such as `targeting.if[0]`. */
  readonly path?: string;
  readonly severity: 'error' | 'warning';
  /** What was wrong, what was expected, what to do. */
  readonly message: string;
}

/**
 * What one evaluation may look at: the context, the clock reading that came with it, and room for the
 * backend to keep what it computes once per snapshot (encoded identity, segments already tried).
 */
export interface EvaluationScope {
  readonly context: EvaluationContext;
  /** Unix time in milliseconds, read at most once per snapshot; undefined when the caller gave none. */
  readonly now: number | undefined;
  /** The backend's own per-snapshot state; nobody else touches it. */
  state: unknown;
  /** Where to record why a flag resolved as it did; undefined on ordinary reads. */
  readonly trace: TraceStep[] | undefined;
}

/** Compiled definitions: immutable, shared by every request, evaluated lazily flag by flag. */
export interface Ruleset {
  /** The backend's name, such as `flagd`. */
  readonly source: string;
  /** Identifies these definitions: see {@link CompileOptions.version}. */
  readonly version: string;
  /** Every flag's key, in the document's order. */
  readonly flagKeys: readonly string[];
  /** What is wrong with the definitions; grows when a lazily compiled flag turns out to be invalid. */
  readonly diagnostics: readonly Diagnostic[];
  /** Evaluates one flag. Never throws; an unknown key resolves to FLAG_NOT_FOUND. */
  resolve(key: string, scope: EvaluationScope): Resolution;
  /**
   * Evaluates every flag in bulk, in the order of `flagKeys`. Entries the backend leaves out of bulk
   * results (disabled flags, flags without a value) are undefined.
   */
  resolveAll(scope: EvaluationScope): readonly (Resolution | undefined)[];
  /**
   * Everything that decides how a flag resolves, as JSON: its definition as the backend wrote it, with
   * the shared rules it refers to. Asked only to tell which flags a refresh has changed; undefined for
   * an unknown key. Absent: every flag counts as changed whenever the definitions are.
   */
  definitionOf?(key: string): unknown;
  /**
   * Everything that a flag can come out as for anybody, each once, in the definition's order, and what
   * it could if it were switched on or off, or its rules were others. Whoever chooses for the backend (an
   * override, a page made in advance) chooses among these. Undefined for an unknown key, and for a flag
   * whose outcomes cannot be listed, such as one that makes no sense. Absent where no flag's can. Errors
   * are no outcomes. Never throws.
   */
  outcomesOf?(key: string): readonly FlagOutcome[] | undefined;
}

/** Options every backend's `compile` takes. */
export interface CompileOptions {
  /**
   * The version to report: the runtime passes a digest of the document, which changes whenever the
   * document does. Default: the document's own version, else `unversioned`.
   */
  readonly version?: string;
  /**
   * The ruleset in use until now: compiled parts of it whose definitions are the same may be used
   * again. Rulesets of another backend are ignored.
   */
  readonly previous?: Ruleset;
}
