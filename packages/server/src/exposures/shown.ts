import { isDeepStrictEqual } from 'node:util';
import {
  createSnapshot,
  type EvaluationContext,
  type EvaluationDetails,
  type FlagValue,
  flagValueType,
  type Resolution,
  type Ruleset,
  type SelectValue,
} from '@halyard/core';
import type { ShownVariant } from '../client.ts';
import { unmarkedDetails } from '../snapshot/stale.ts';
import { brief, outcomeOf } from './identity.ts';

/** An exposure by hand, as the application gives it: anything at all. */
export interface Shown {
  readonly flagKey: string;
  readonly variant: ShownVariant;
  readonly context: EvaluationContext;
}

/** The definitions at hand, and what time it is for them. */
export interface AtHand {
  /** Undefined where there are none, or others decide. */
  readonly ruleset: Ruleset | undefined;
  readonly now: () => number;
  readonly select: SelectValue;
}

/**
 * What an exposure by hand is an exposure of: what the definitions at hand give, if that is the same.
 * Undefined for what makes no sense.
 */
export function shownResolution(shown: Shown, atHand: AtHand): Resolution | undefined {
  const { flagKey, variant, context } = shown;
  if (typeof flagKey !== 'string' || flagKey === '') return undefined;
  if (typeof context !== 'object' || context === null) return undefined;
  if (typeof variant === 'object') {
    return variant === null ? undefined : detailed(variant, shown, atHand);
  }
  if (typeof variant === 'boolean') {
    return decidedAs(variant, shown, atHand) ?? { value: variant, reason: 'UNKNOWN' };
  }
  if (typeof variant !== 'string' || variant === '') return undefined;
  return decidedAs(brief(variant), shown, atHand) ?? { variant, reason: 'UNKNOWN' };
}

/** Details do not say all that a read counts by, so that the definitions at hand come first here too. */
function detailed(
  given: EvaluationDetails<unknown>,
  shown: Shown,
  atHand: AtHand,
): Resolution | undefined {
  try {
    const details = unmarkedDetails(given);
    const isMeant = (resolution: Resolution) => isLike(resolution, details, atHand.select);
    return decided(shown, atHand, isMeant) ?? resolutionOf(details);
  } catch {
    // Whoever wrote them by hand may have written what throws when it is read.
    return undefined;
  }
}

/** Whether a read of that resolution may have given those details, which name no variant. */
function isLike(
  resolution: Resolution,
  { value, variant, reason, errorCode, isDefault }: EvaluationDetails<unknown>,
  select: SelectValue,
): boolean {
  if (errorCode !== undefined || variant !== undefined) return false;
  if (reason !== resolution.reason) return false;
  // The default says nothing of the flag. But a flag may have come out as off, whatever it is read as.
  if (isDefault) return outcomeOf(resolution) === false;
  const read = select(resolution, flagValueType(value));
  return resolution.variant === undefined && isDeepStrictEqual(read, value);
}

function resolutionOf(details: EvaluationDetails<unknown>): Resolution {
  const { value, variant, reason, errorCode, flagMetadata, isDefault } = details;
  return {
    value: value as FlagValue,
    reason,
    ...(variant !== undefined && { variant }),
    ...(errorCode !== undefined && { errorCode }),
    ...(flagMetadata !== undefined && { flagMetadata }),
    ...(isDefault && { isDefault }),
  };
}

function decidedAs(
  outcome: string | boolean,
  shown: Shown,
  atHand: AtHand,
): Resolution | undefined {
  return decided(shown, atHand, (resolution) => outcomeOf(resolution) === outcome);
}

/** A flag that is switched off shows nobody anything, so that the caller must mean something else. */
function decided(
  { flagKey, context }: Shown,
  { ruleset, now }: AtHand,
  isMeant: (resolution: Resolution) => boolean,
): Resolution | undefined {
  if (ruleset === undefined) return undefined;
  try {
    const resolution = createSnapshot(ruleset, context, { now }).resolve(flagKey);
    const isShown = resolution.errorCode === undefined && resolution.reason !== 'DISABLED';
    return isShown && isMeant(resolution) ? resolution : undefined;
  } catch {
    // A context that throws when it is read. What was shown is known all the same.
    return undefined;
  }
}
