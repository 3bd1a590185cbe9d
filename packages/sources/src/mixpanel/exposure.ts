import type { Exposure, ExposureEndpoint, FlagMetadata } from '@halyard/core';
import type { MixpanelApi } from './requests/api.ts';
import type { EventKind } from './requests/event.ts';
import { eventEndpoint } from './requests/events.ts';
import { LATENCY } from './wire/remote-answer.ts';

const NAME = '$experiment_started';

/** Where Mixpanel takes exposures: where it takes all events. */
export function exposureEndpoint(api: MixpanelApi): ExposureEndpoint {
  return eventEndpoint(api, experimentStarted);
}

/** Exposures of variants. Mixpanel tells visitors apart by distinct ids, so those without do not count. */
const experimentStarted: EventKind<Exposure> = {
  accepts: ({ variant, subject }) => variant !== undefined && subject !== undefined,
  time: ({ evaluatedAt }) => evaluatedAt,
  facts: (exposure) => ({
    name: NAME,
    id: exposure.id,
    distinctId: exposure.subject,
    properties: propertiesOf(exposure),
  }),
};

function propertiesOf({ flagKey, variant, flagMetadata = {} }: Exposure) {
  return {
    'Experiment name': flagKey,
    'Variant name': variant,
    $experiment_type: 'feature_flag',
    ...evaluationOf(flagMetadata),
    $experiment_id: flagMetadata.experiment_id,
    $is_experiment_active: flagMetadata.is_experiment_active,
  };
}

/** How the variant was selected. A read of local definitions takes no time that anybody measures. */
function evaluationOf(metadata: FlagMetadata) {
  const { is_qa_tester: isTester } = metadata;
  return metadata.variant_source === 'remote'
    ? {
        'Flag evaluation mode': 'remote',
        'Variant fetch latency (ms)': metadata[LATENCY],
        $is_qa_tester: isTester,
      }
    : { 'Flag evaluation mode': 'local', $is_qa_tester: isTester === true };
}
