import type { FlagOutcome } from '@halyard/core';
import { fractionOf } from '../dialect/share.ts';
import type { PosthogFlag } from '../wire.ts';
import { readHoldout } from './holdout.ts';
import { payloadFor } from './payload.ts';
import { writtenVariants } from './split.ts';
import { membersOf } from './written.ts';

/**
 * Everything that a flag can come out as, by its definition alone: its variants, on without one, off, and
 * held out of it. Undefined for variants that make no sense.
 */
export function listedOutcomes(flag: PosthogFlag): readonly FlagOutcome[] | undefined {
  const { multivariate, holdout } = membersOf(flag.filters);
  const variants = writtenVariants(multivariate);
  if (variants === 'malformed') return undefined;
  const keys = variants.map((variant) => membersOf(variant).key as string);
  const heldOut = readHoldout(holdout)?.value;
  return [
    ...keys.filter((key) => key !== '').map((key) => outcomeOf(flag, key)),
    ...(coversEverybody(variants) ? [] : [outcomeOf(flag, true)]),
    outcomeOf(flag, false),
    ...(heldOut === undefined ? [] : [outcomeOf(flag, heldOut)]),
  ];
}

/** Whether nobody is left who is on without a variant. */
function coversEverybody(variants: readonly object[]): boolean {
  let end = 0;
  for (const variant of variants) {
    const { key, rollout_percentage: percentage } = membersOf(variant);
    if (key === '') return false;
    end += fractionOf(percentage);
  }
  return end >= 1;
}

function outcomeOf(flag: PosthogFlag, value: boolean | string): FlagOutcome {
  const payload = payloadFor(flag, value);
  return {
    value,
    enabled: value !== false,
    ...(typeof value === 'string' && { variant: value }),
    ...(payload !== undefined && { payload }),
  };
}
