import type { PosthogEvaluated } from './options.ts';
import type { PosthogConditionLike, PosthogDefinitionsLike, PosthogFlagLike } from './wire.ts';

/** The flags as they are for everybody, by the conditions that ask nothing; inactive ones are left out. */
export function flagsOfEverybody(definitions: PosthogDefinitionsLike): PosthogEvaluated {
  const active = definitions.flags.filter((flag) => flag.active === true);
  return { flags: Object.fromEntries(active.map((flag) => [flag.key, valueForEverybody(flag)])) };
}

function valueForEverybody({ filters }: PosthogFlagLike): boolean | string {
  const condition = filters?.groups?.find(isForEverybody);
  return condition === undefined ? false : condition.variant || true;
}

function isForEverybody({ properties, rollout_percentage }: PosthogConditionLike): boolean {
  return (properties ?? []).length === 0 && (rollout_percentage ?? 100) >= 100;
}
