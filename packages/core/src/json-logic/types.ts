import type { EvaluationScope } from '../ruleset.ts';

/** What an expression may look at beside its data: the flag being evaluated and the snapshot's scope. */
export interface LogicFrame {
  readonly flagKey: string;
  readonly scope: EvaluationScope;
}

/**
 * A compiled JSON Logic rule. `data` is what `var` reads from: the context at the top, the item inside
 * `map`, `filter`, `reduce`, `all`, `none` and `some`. Throws what the rule throws at run time (a
 * number that is not one, for example); the caller turns that into a GENERAL error.
 */
export type Expression = (data: unknown, frame: LogicFrame) => unknown;

/** Compiles a nested rule of an operator's arguments; `path` is appended to the operator's own. */
export type CompileNested = (rule: unknown, path: string) => Expression;

/** Compiles one operator's arguments (as written: an array, or a single value) into an expression. */
export type OperatorCompiler = (args: unknown, compile: CompileNested, path: string) => Expression;

/** A dialect of JSON Logic: the standard operators plus a backend's own. */
export interface LogicDialect {
  readonly operators?: ReadonlyMap<string, OperatorCompiler>;
  /** Answers variables the backend injects at the top level, such as `$flagd.flagKey`. */
  readonly variable?: (path: string) => Expression | undefined;
  /** Rules nested deeper than this do not compile. Default: 100. */
  readonly maxDepth?: number;
}
