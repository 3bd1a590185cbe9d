import { HalyardError } from '@halyard/core';

/** How errors and warnings call what is delivered. */
export interface Wording {
  /** The part they are about; also the topic of warnings about no sink in particular. */
  readonly part: 'exposures' | 'tracking';
  readonly one: string;
  readonly many: string;
}

export const EXPOSURES: Wording = { part: 'exposures', one: 'an exposure', many: 'exposures' };

export const TRACKING: Wording = { part: 'tracking', one: 'an event', many: 'tracked events' };

/** What is reported as the cause of a loss. */
export function deliveryError(
  { part }: Wording,
  code: 'REQUEST_FAILED' | 'DEADLINE_EXCEEDED' | 'CLOSED',
  message: string,
): HalyardError {
  return new HalyardError(part, code, message);
}
