import type {
  FlagsmithEvaluationContext,
  FlagsmithEvaluationResult,
  FlagsmithFlagResult,
  FlagsmithSegmentResult,
} from '../wire/evaluation-context.ts';
import { ContextModel } from './context-model.ts';
import { Environment } from './environment.ts';
import type { SegmentModel } from './model.ts';
import { ContextVisit } from './visit.ts';

/**
 * Flagsmith's engine by its own interface: an evaluation context in, every flag and the segments that
 * match out. Compiles the context for this one evaluation, the same way as `compile` does a document.
 * Malformed parts match nothing. Never throws for a context of the documented shape.
 */
export function evaluateContext(context: FlagsmithEvaluationContext): FlagsmithEvaluationResult {
  const environment = new Environment(new ContextModel(context));
  const visit = new ContextVisit(environment.model, context);
  visit.tried = new Uint8Array(environment.segments.length);
  const flags: Record<string, FlagsmithFlagResult> = {};
  for (const name of environment.model.featureNames) {
    const result = environment.flag(name)?.decide(visit);
    if (result !== undefined) define(flags, name, result);
  }
  const segments = environment.segments
    .filter((segment) => segment.matches(visit))
    .map(({ model }) => segmentResult(model));
  return { flags, segments };
}

/** A segment as the engine answers it: without metadata where there is none. */
export function segmentResult({ name, metadata }: SegmentModel): FlagsmithSegmentResult {
  const hasMetadata = metadata !== undefined && Object.keys(metadata).length > 0;
  return hasMetadata ? { name, metadata } : { name };
}

/** Also for names such as `__proto__`, which assigning would not make a property. */
function define<T>(target: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
