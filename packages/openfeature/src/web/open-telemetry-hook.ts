import {
  createEvaluationEvent,
  type EvaluationDetails,
  type FlagValue,
  type Hook,
  type HookContext,
} from '@openfeature/web-sdk';
import {
  type EvaluationEventOptions,
  type EventLogger,
  evaluationEventHook,
} from '../telemetry/evaluation-event-hook.ts';

/** Options of {@link openTelemetryHook}. */
export type OpenTelemetryHookOptions = EvaluationEventOptions<
  Readonly<HookContext>,
  EvaluationDetails<FlagValue>
>;

/**
 * A hook that emits the event `feature_flag.evaluation` for each evaluation, as the OpenFeature
 * specification (appendix D) and OpenTelemetry's semantic conventions describe it. What the
 * logger throws is the SDK's to log, and harms no evaluation.
 *
 * @example
 * ```ts
 * OpenFeature.addHooks(openTelemetryHook(logs.getLogger('flags')));
 * ```
 */
export function openTelemetryHook(
  logger: EventLogger,
  options: OpenTelemetryHookOptions = {},
): Hook {
  return evaluationEventHook(createEvaluationEvent, logger, options);
}
