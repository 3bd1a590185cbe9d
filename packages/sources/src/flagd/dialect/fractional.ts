import type { CompileNested, Expression, LogicFrame } from '@halyard/core';
import { compileArguments } from './arguments.ts';
import type { BucketVariant, Distribution } from './distribution.ts';
import {
  bucketOf,
  distributionOf,
  entryAt,
  isStatic,
  MAX_TOTAL_WEIGHT,
  staticDistribution,
  weightOf,
} from './distribution.ts';

/** `fractional`: `[bucketKey?, [variant, weight?], …]`. */
export function fractional(args: unknown, compile: CompileNested, path: string): Expression {
  if (!Array.isArray(args)) return compileDynamicFractional(args, compile, path);
  const [first, ...rest] = args;
  if (Array.isArray(first)) {
    const distribution = staticDistribution(args);
    if (distribution === undefined) return compileDynamicFractional(args, compile, path);
    if (distribution === null) return () => null;
    return (_data, frame) => {
      const key = defaultBucketKey(frame);
      return key === null ? null : assign(distribution, key, frame, path);
    };
  }
  const distribution = staticDistribution(rest);
  if (distribution === undefined) return compileDynamicFractional(args, compile, path);
  const bucketKey = compile(first, '[0]');
  return (data, frame) => {
    const key = bucketKey(data, frame);
    if (typeof key !== 'string') return assignDynamic([key, ...rest], frame, path);
    return distribution === null ? null : assign(distribution, key, frame, path);
  };
}

/** For entries that contain expressions: variants and weights are known only when evaluated. */
function compileDynamicFractional(args: unknown, compile: CompileNested, path: string): Expression {
  const evaluate = compileArguments(args, compile);
  return (data, frame) => assignDynamic(evaluate(data, frame), frame, path);
}

function assignDynamic(args: readonly unknown[], frame: LogicFrame, path: string): BucketVariant {
  if (args.length === 0) return null;
  const [first, ...rest] = args;
  const keyed = typeof first === 'string';
  const key = keyed ? first : defaultBucketKey(frame);
  if (key === null) return null;
  const distribution = distributionOf(keyed ? rest : args);
  return distribution === null ? null : assign(distribution, key, frame, path);
}

/** Flag key and targeting key; null without a targeting key, and then nobody is assigned. */
function defaultBucketKey({ flagKey, scope: { context } }: LogicFrame): string | null {
  // Contexts come from outside; a missing one must not fail here either.
  if (!Object.hasOwn(context ?? {}, 'targetingKey')) return null;
  const targetingKey: unknown = context.targetingKey;
  if (typeof targetingKey === 'string') return targetingKey === '' ? null : flagKey + targetingKey;
  return targetingKey ? `${flagKey}${targetingKey}` : null;
}

/** What is wrong with a rollout as written; undefined when nothing is, or when only evaluation can tell. */
export function fractionalProblem(args: unknown): string | undefined {
  if (!Array.isArray(args)) return undefined;
  let total = 0;
  for (let i = Array.isArray(args[0]) ? 0 : 1; i < args.length; i++) {
    const weight = isStatic(args[i]) ? weightOf(args[i]) : 0;
    if (weight === undefined) return IMPOSSIBLE;
    total += weight;
  }
  return total > MAX_TOTAL_WEIGHT ? IMPOSSIBLE : undefined;
}

const IMPOSSIBLE = `an entry of "fractional" is not \`[variant, weight]\` with a whole number as weight, or the weights exceed ${MAX_TOTAL_WEIGHT}; it assigns nobody`;

function assign(
  distribution: Distribution,
  key: string,
  frame: LogicFrame,
  path: string,
): BucketVariant {
  if (frame.scope.trace !== undefined) return assignTraced(distribution, key, frame, path);
  const { only, variants } = distribution;
  if (only >= 0) return variants[only] ?? null;
  return variants[entryAt(distribution, bucketOf(key, distribution.total))] ?? null;
}

function assignTraced(
  distribution: Distribution,
  key: string,
  frame: LogicFrame,
  path: string,
): BucketVariant {
  const { bounds, total, variants } = distribution;
  const bucket = bucketOf(key, total);
  const entry = entryAt(distribution, bucket);
  const variant = variants[entry] ?? null;
  frame.scope.trace?.push({
    kind: 'bucket',
    path,
    matched: entry >= 0,
    detail: { key, bucket, total, from: bounds[entry - 1] ?? 0, to: bounds[entry] ?? 0, variant },
  });
  return variant;
}
