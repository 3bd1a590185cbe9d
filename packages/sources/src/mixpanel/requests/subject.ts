import type { EvaluationContext } from '@halyard/core';

/**
 * Whom Mixpanel counts exposures and events for: the context's own `distinct_id`, where it is a text or a number
 * that says something. The targeting key is not it.
 */
export function subjectOf(context: EvaluationContext): string | undefined {
  const id: unknown = givenId(context);
  if (typeof id === 'string') return id === '' ? undefined : id;
  return isPlainId(id) && id ? String(id) : undefined;
}

/** The context's own `distinct_id`, whatever that is. */
export function givenId(context: EvaluationContext): unknown {
  return Object.hasOwn(context, 'distinct_id') ? context.distinct_id : undefined;
}

/** Whether an id that is no text is as good as one. */
export function isPlainId(id: unknown): id is number | bigint | boolean {
  return typeof id === 'number' || typeof id === 'bigint' || typeof id === 'boolean';
}
