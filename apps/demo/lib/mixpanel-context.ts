import type { EvaluationContext } from '@halyard/core';

/**
 * A context with what Mixpanel goes by in addition: its name for the targeting key, and the attributes
 * once more where its rules look for them. To other backends these are attributes that no flag asks for.
 */
export function withMixpanelFields(context: EvaluationContext): EvaluationContext {
  const { targetingKey, ...attributes } = context;
  return { ...context, distinct_id: targetingKey, custom_properties: attributes };
}
