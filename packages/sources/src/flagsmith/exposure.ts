import type { Exposure, ExposureEndpoint } from '@halyard/core';
import { USER_AGENT } from './requests/api.ts';
import { type EventsApi, eventIntake, type FlagsmithEvent, flatTraits } from './requests/events.ts';

const EVENT = '$flag_exposure';

/** Where Flagsmith takes exposures: its events API. */
export function exposureEndpoint(api: EventsApi): ExposureEndpoint {
  return eventIntake(api, isCounted, eventOf);
}

/**
 * Flagsmith counts who was shown which variant, so flags without variants and visitors without an
 * identifier are none of its business, and neither is whoever is not in the experiment.
 */
function isCounted({ variant, targetingKey, flagMetadata }: Exposure): boolean {
  return (
    variant !== undefined &&
    targetingKey !== undefined &&
    targetingKey !== '' &&
    flagMetadata?.['flagsmith.inExperiment'] !== false
  );
}

function eventOf(exposure: Exposure): FlagsmithEvent {
  const { flagKey, targetingKey = null, variant = null, evaluatedAt, flagMetadata } = exposure;
  const experimentId = flagMetadata?.['flagsmith.experimentId'];
  return {
    event: EVENT,
    feature_name: flagKey,
    identifier: targetingKey,
    value: variant,
    traits: flatTraits(exposure.context),
    metadata: {
      ...(experimentId !== undefined && { experiment_id: experimentId }),
      sdk_version: USER_AGENT,
    },
    timestamp: evaluatedAt,
  };
}
