import type { FlagValue, Resolution, ResolutionReason } from './resolution.ts';
import type { FlagKey, FlagType } from './typed-keys.ts';

/** A flag as a test states it, with more than its value. */
export interface TestFlag<T = FlagValue> {
  readonly value: T;
  readonly variant?: string;
  /** Default: STATIC. */
  readonly reason?: ResolutionReason;
}

/** Flags as a test states them, by key: a value, or `{ value, variant, reason }`. */
export type TestFlags = {
  readonly [K in FlagKey]?: FlagType<K, FlagValue> | TestFlag<FlagType<K, FlagValue>>;
};

/** What the flags of a test resolve to. One that is given as undefined is not given. */
export function testResolutions(flags: TestFlags): ReadonlyMap<string, Resolution> {
  const resolutions = new Map<string, Resolution>();
  for (const [key, flag] of Object.entries<FlagValue | TestFlag | undefined>(flags)) {
    if (flag === undefined) continue;
    resolutions.set(key, { reason: 'STATIC', ...(isDetailed(flag) ? flag : { value: flag }) });
  }
  return resolutions;
}

const FIELDS: readonly string[] = ['value', 'variant', 'reason'];

/** An object with `value` and nothing that a detailed flag does not have. */
function isDetailed(flag: FlagValue | TestFlag): flag is TestFlag {
  if (typeof flag !== 'object' || flag === null || !Object.hasOwn(flag, 'value')) return false;
  return Object.keys(flag).every((key) => FIELDS.includes(key));
}
