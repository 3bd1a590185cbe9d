import type {
  CompileNested,
  EvaluationScope,
  Expression,
  LogicFrame,
  OperatorCompiler,
  Version,
} from '@halyard/core';
import { compareVersions, isJsonObject, murmur3x86_32, parseVersion } from '@halyard/core';

/** What `fractional` may answer: the name of a variant, or a value that another operator tests. */
type BucketVariant = string | number | boolean | null;

/** A rollout whose entries are all written out: bounds are summed once, when it is compiled. */
interface Distribution {
  readonly variants: readonly BucketVariant[];
  /** The sum of the weights up to and including each entry. */
  readonly bounds: readonly number[];
  readonly total: number;
  /** The index of the only entry with a weight: it wins whatever the hash is. Else -1. */
  readonly only: number;
}

/** The largest total weight (specs: flagd's own limit, a signed 32-bit integer). */
const MAX_TOTAL_WEIGHT = 2_147_483_647;

/** flagd's operators on top of JSON Logic (https://flagd.dev/reference/flag-definitions/). */
export const FLAGD_OPERATORS: ReadonlyMap<string, OperatorCompiler> = new Map([
  ['starts_with', textOperator((text, part) => text.startsWith(part))],
  ['ends_with', textOperator((text, part) => text.endsWith(part))],
  ['sem_ver', compileSemVer],
  ['fractional', compileFractional],
]);

/** The variables flagd injects, for rules that name them outright. */
export function injectedVariable(path: string): Expression | undefined {
  if (path === '$flagd.flagKey') return (_data, frame) => frame.flagKey;
  if (path === '$flagd.timestamp') return (_data, frame) => timestampOf(frame.scope);
  return undefined;
}

/** The data for rules that may read anything: the context, with flagd's properties on top. */
export function dataWithInjected({ flagKey, scope }: LogicFrame): unknown {
  return { ...scope.context, $flagd: { flagKey, timestamp: timestampOf(scope) } };
}

/** Whole Unix seconds; null when the snapshot was made without a clock. */
function timestampOf({ now }: EvaluationScope): number | null {
  return now === undefined ? null : Math.floor(now / 1000);
}

/** Compiles arguments the way the engine passes them: a value that is no array is the only argument. */
function compileArguments(args: unknown, compile: CompileNested) {
  if (Array.isArray(args)) {
    const items = args.map((arg, i) => compile(arg, `[${i}]`));
    return (data: unknown, frame: LogicFrame): readonly unknown[] =>
      items.map((item) => item(data, frame));
  }
  const single = compile(args, '');
  return (data: unknown, frame: LogicFrame): readonly unknown[] => {
    const value = single(data, frame);
    return Array.isArray(value) ? value : [value];
  };
}

function textOperator(test: (text: string, part: string) => boolean): OperatorCompiler {
  const apply = (text: unknown, part: unknown): boolean | null =>
    typeof text === 'string' && typeof part === 'string' ? test(text, part) : null;
  return (args, compile) => {
    if (Array.isArray(args) && args.length === 2) {
      const text = compile(args[0], '[0]');
      const part = compile(args[1], '[1]');
      return (data, frame) => apply(text(data, frame), part(data, frame));
    }
    const evaluate = compileArguments(args, compile);
    return (data, frame) => {
      const values = evaluate(data, frame);
      return values.length === 2 ? apply(values[0], values[1]) : null;
    };
  };
}

function compileSemVer(args: unknown, compile: CompileNested): Expression {
  if (Array.isArray(args) && args.length === 3) {
    const [left, operator, right] = args;
    if (typeof operator === 'string' && typeof right === 'string') {
      // The usual form, `[<expression>, ">=", "1.2.0"]`: the constant version is read once.
      const version = compile(left, '[0]');
      const bound = lenientVersion(right);
      return (data, frame) => compareBy(operator, lenientVersion(version(data, frame)), bound);
    }
  }
  const evaluate = compileArguments(args, compile);
  return (data, frame) => {
    const values = evaluate(data, frame);
    if (values.length !== 3) return null;
    const [left, operator, right] = values;
    return compareBy(String(operator), lenientVersion(left), lenientVersion(right));
  };
}

function compareBy(
  operator: string,
  a: Version | undefined,
  b: Version | undefined,
): boolean | null {
  if (a === undefined || b === undefined) return null;
  switch (operator) {
    case '=':
      return compareVersions(a, b) === 0;
    case '!=':
      return compareVersions(a, b) !== 0;
    case '<':
      return compareVersions(a, b) < 0;
    case '<=':
      return compareVersions(a, b) <= 0;
    case '>':
      return compareVersions(a, b) > 0;
    case '>=':
      return compareVersions(a, b) >= 0;
    case '^':
      return a.major === b.major;
    case '~':
      return a.major === b.major && a.minor === b.minor;
    default:
      return null;
  }
}

const PARTIAL_VERSION = /^\d{1,16}(?:\.\d{1,16})?$/;

/** A version as people write it: `v1.2.3`, `1.2`, `1`, and numbers; surrounding space is ignored. */
function lenientVersion(raw: unknown): Version | undefined {
  const text = (typeof raw === 'string' ? raw : String(raw)).replace(/^[vV]/, '');
  if (PARTIAL_VERSION.test(text)) {
    return parseVersion(text.includes('.') ? `${text}.0` : `${text}.0.0`);
  }
  // npm's semver, which flagd's evaluators use, takes one more `v` and ignores space around it.
  return parseVersion(text.trim().replace(/^v/, ''));
}

function compileFractional(args: unknown, compile: CompileNested, path: string): Expression {
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
  const entries = Array.isArray(args[0]) ? args : args.slice(1);
  if (distributionOf(entries.filter(isStatic)) !== null) return undefined;
  return `an entry of "fractional" is not \`[variant, weight]\` with a whole number as weight, or the weights exceed ${MAX_TOTAL_WEIGHT}; it assigns nobody`;
}

/** Undefined when an entry must be evaluated first; null when an entry is invalid. */
function staticDistribution(entries: readonly unknown[]): Distribution | null | undefined {
  return entries.every(isStatic) ? distributionOf(entries) : undefined;
}

function isStatic(entry: unknown): boolean {
  if (!Array.isArray(entry)) return !isJsonObject(entry);
  return entry.every((part) => typeof part !== 'object' || part === null);
}

/** Sums up evaluated entries `[variant, weight?]`; null when one is invalid or the total too large. */
function distributionOf(entries: readonly unknown[]): Distribution | null {
  const variants: BucketVariant[] = [];
  const bounds: number[] = [];
  let total = 0;
  let weighted = 0;
  let last = -1;
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length === 0 || entry.length > 2) return null;
    const variant: unknown = entry[0] ?? null;
    const weight: unknown = entry.length === 1 ? 1 : entry[1];
    if (typeof variant === 'object' && variant !== null) return null;
    if (typeof weight !== 'number' || !Number.isInteger(weight)) return null;
    // Negative weights come out of rollout arithmetic; they mean "nobody".
    if (weight > 0) {
      total += weight;
      weighted++;
      last = variants.length;
    }
    variants.push(variant as BucketVariant);
    bounds.push(total);
  }
  if (total > MAX_TOTAL_WEIGHT) return null;
  return { variants, bounds, total, only: weighted === 1 ? last : -1 };
}

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

function entryAt({ bounds }: Distribution, bucket: number): number {
  for (let i = 0; i < bounds.length; i++) {
    if ((bounds[i] as number) > bucket) return i;
  }
  return -1;
}

/** Up to this total weight the product of hash and total is exact: it stays below 2^53. */
const EXACT_TOTAL = 2 ** 21;

/**
 * `hash × total >> 32`, exactly. The product may need 63 bits; it is then taken in halves of the hash,
 * so that both partial products stay below 2^47.
 */
function bucketOf(key: string, total: number): number {
  const hash = murmur3x86_32(key);
  if (total <= EXACT_TOTAL) return Math.floor((hash * total) / 4_294_967_296);
  const high = hash >>> 16;
  const low = hash & 0xffff;
  return Math.floor((high * total + Math.floor((low * total) / 65_536)) / 65_536);
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
