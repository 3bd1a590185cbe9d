import {
  createSnapshot,
  type EvaluationContext,
  type EvaluationDetails,
  type FlagValue,
  type Resolution,
  type Ruleset,
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

function detailed(
  details: EvaluationDetails<unknown>,
  shown: Shown,
  atHand: AtHand,
): Resolution | undefined {
  try {
    // The default says nothing of the flag. But a flag may have come out as off, whatever it is read as.
    const isOff = details.isDefault && details.errorCode === undefined;
    return (isOff && decidedAs(false, shown, atHand)) || resolutionOf(unmarkedDetails(details));
  } catch {
    // Whoever wrote them by hand may have written what throws when it is read.
    return undefined;
  }
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

/** A flag that is switched off shows nobody anything, so that the caller must mean something else. */
function decidedAs(
  outcome: string | boolean,
  { flagKey, context }: Shown,
  { ruleset, now }: AtHand,
): Resolution | undefined {
  if (ruleset === undefined) return undefined;
  try {
    const decided = createSnapshot(ruleset, context, { now }).resolve(flagKey);
    const isShown = decided.errorCode === undefined && decided.reason !== 'DISABLED';
    return isShown && outcomeOf(decided) === outcome ? decided : undefined;
  } catch {
    // A context that throws when it is read. What was shown is known all the same.
    return undefined;
  }
}
