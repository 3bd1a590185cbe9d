import type {
  FlagMetadata,
  FlagValue,
  JsonValue,
  Resolution,
  ResolutionReason,
} from '@halyard/core';
import type { FlagsmithFlagResult } from '../wire/evaluation-context.ts';
import type { FeatureModel } from './model.ts';

/** Flagsmith's name for the share of a multivariate feature that the options leave. */
export const CONTROL = 'control';

/** How an outcome came about. */
export interface Decision {
  readonly value: FlagValue | null;
  readonly variant: string | null;
  /** The engine's reason. */
  readonly reason: string;
  readonly openFeatureReason: ResolutionReason;
}

/** What an outcome tells of its feature. */
export type OutcomeFeature = Pick<FeatureModel, 'name' | 'enabled' | 'metadata' | 'experiment'>;

/**
 * OpenFeature's answer, with Flagsmith's own reason and variant in its metadata. Made once, and shared by
 * all visitors.
 */
export function resolutionOf(feature: OutcomeFeature, decision: Decision): Resolution {
  const { value, variant, openFeatureReason } = decision;
  const { enabled } = feature;
  const payload = payloadOf(value);
  return Object.freeze({
    value,
    enabled,
    reason: enabled ? openFeatureReason : 'DISABLED',
    flagMetadata: metadataOf(feature, decision),
    ...(variant !== null && { variant }),
    ...(payload !== undefined && { payload }),
  });
}

/** The engine's answer: the same facts in its own words. */
export function resultOf(
  { name, enabled, metadata }: OutcomeFeature,
  { value = null, flagMetadata = {} }: Resolution,
): FlagsmithFlagResult {
  const reason = String(flagMetadata['flagsmith.reason']);
  const variant = flagMetadata['flagsmith.variant'];
  const hasMetadata = metadata !== undefined && Object.keys(metadata).length > 0;
  return {
    name,
    enabled,
    value,
    reason,
    variant: typeof variant === 'string' ? variant : null,
    ...(hasMetadata && { metadata }),
  };
}

function metadataOf(
  { enabled, metadata, experiment }: OutcomeFeature,
  decision: Decision,
): FlagMetadata {
  const { reason, variant } = decision;
  const id = metadata?.id;
  return Object.freeze({
    enabled,
    ...(typeof id === 'number' && { featureId: id }),
    'flagsmith.reason': reason,
    ...(variant !== null && { 'flagsmith.variant': variant }),
    ...(experiment !== undefined && {
      'flagsmith.experimentId': experiment.id,
      'flagsmith.inExperiment': experiment.isActive,
    }),
  });
}

/** Flagsmith has no values that are objects: texts that hold one as JSON stand for it. */
function payloadOf(value: FlagValue | null): JsonValue | undefined {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return undefined;
  try {
    return frozen(JSON.parse(value) as JsonValue);
  } catch {
    // A text that only begins like JSON is a text.
    return undefined;
  }
}

/** Every visitor gets the same object, so nobody may change what the others see. */
function frozen(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
