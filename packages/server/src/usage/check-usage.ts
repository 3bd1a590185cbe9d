import type { UsageEndpoint } from '@halyard/core';
import { invalidOption } from '../invalid-option.ts';
import { LONGEST_TIMER } from '../timers.ts';

/**
 * Checks where a source says that its backend takes counts of reads. Throws a HalyardError
 * INVALID_OPTION that names the part.
 */
export function checkUsage(usage: UsageEndpoint | undefined): void {
  if (usage === undefined) return;
  const { interval, request } = Object(usage) as Partial<UsageEndpoint>;
  if (typeof request !== 'function') {
    throw invalidOption('source.usage.request', request, 'a function that describes a request');
  }
  if (typeof interval === 'number' && interval >= 1 && interval <= LONGEST_TIMER) return;
  const expected = `a number from 1 to ${LONGEST_TIMER}, in milliseconds`;
  throw invalidOption('source.usage.interval', interval, expected);
}
