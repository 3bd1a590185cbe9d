import type { FlagMetadata } from '@halyard/core';
import type { PosthogFlag } from '../wire.ts';

/** What metadata tell beside the flag itself. */
export interface Circumstances {
  /** Whether exposures may leave things out, by the definitions. */
  readonly hasMinimalEvents: boolean;
  /** PostHog's code for why the flag is what it is. */
  readonly reasonCode?: string | undefined;
}

/** What PostHog says of a flag that was evaluated here. The version is not among it: definitions have none. */
export function decidedMetadata(
  flag: PosthogFlag,
  { hasMinimalEvents, reasonCode }: Circumstances,
): FlagMetadata {
  const metadata = definitionMetadata(flag);
  metadata['posthog.locallyEvaluated'] = true;
  metadata['posthog.reason'] = 'Evaluated locally';
  if (reasonCode !== undefined) metadata['posthog.reasonCode'] = reasonCode;
  if (hasMinimalEvents) metadata['posthog.minimalEvents'] = true;
  return Object.freeze(metadata);
}

/** What PostHog says of a flag that could not be decided here. */
export function undecidedMetadata(flag: PosthogFlag): FlagMetadata {
  const metadata = definitionMetadata(flag);
  metadata['posthog.locallyEvaluated'] = false;
  metadata['posthog.error'] = 'local_evaluation_inconclusive';
  return Object.freeze(metadata);
}

/** Written one by one: there are thousands of flags, and spreading takes several times as long. */
function definitionMetadata({ id, has_experiment, evaluation_runtime: runtime }: PosthogFlag) {
  const metadata: Record<string, string | number | boolean> = {};
  if (typeof id === 'number') metadata.id = id;
  if (typeof has_experiment === 'boolean') metadata['posthog.hasExperiment'] = has_experiment;
  if (runtime === 'client' || runtime === 'server') metadata['posthog.runtime'] = runtime;
  return metadata;
}
