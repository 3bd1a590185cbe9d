import type { Exposure, ExposureEndpoint, FlagMetadata } from '@halyard/core';
import type { MixpanelApi } from './requests/api.ts';
import type { EventKind } from './requests/event.ts';
import { eventEndpoint } from './requests/events.ts';
import { LATENCY } from './wire/remote-answer.ts';

const NAME = '$experiment_started';

/** Who evaluates: this process, or Mixpanel. */
export type EvaluationMode = 'local' | 'remote';

/** Where Mixpanel takes exposures: where it takes all events. `mode` is the source's. */
export function exposureEndpoint(api: MixpanelApi, mode: EvaluationMode): ExposureEndpoint {
  return eventEndpoint(api, experimentStarted(mode));
}

/** Exposures of variants. Mixpanel tells visitors apart by distinct ids, so those without do not count. */
function experimentStarted(mode: EvaluationMode): EventKind<Exposure> {
  return {
    accepts: ({ variant, subject }) => variant !== undefined && subject !== undefined,
    time: ({ evaluatedAt }) => evaluatedAt,
    facts: (exposure) => ({
      name: NAME,
      id: exposure.id,
      distinctId: exposure.subject,
      properties: propertiesOf(exposure, mode),
    }),
  };
}

function propertiesOf(exposure: Exposure, mode: EvaluationMode) {
  const { flagKey, variant, flagMetadata = {} } = exposure;
  return {
    'Experiment name': flagKey,
    'Variant name': variant,
    $experiment_type: 'feature_flag',
    ...evaluationOf(flagMetadata, modeOf(exposure, mode)),
    $experiment_id: flagMetadata.experiment_id,
    $is_experiment_active: flagMetadata.is_experiment_active,
  };
}

/** Of a variant that was only named nothing says who selected it. With a fallback, both may. */
function modeOf({ reason, flagMetadata }: Exposure, mode: EvaluationMode): EvaluationMode {
  if (reason === 'UNKNOWN') return mode;
  return flagMetadata?.variant_source === 'remote' ? 'remote' : 'local';
}

/** How the variant was selected. A read of local definitions takes no time that anybody measures. */
function evaluationOf(metadata: FlagMetadata, mode: EvaluationMode) {
  const { is_qa_tester: isTester } = metadata;
  return mode === 'remote'
    ? {
        'Flag evaluation mode': mode,
        'Variant fetch latency (ms)': metadata[LATENCY],
        $is_qa_tester: isTester,
      }
    : { 'Flag evaluation mode': mode, $is_qa_tester: isTester === true };
}
