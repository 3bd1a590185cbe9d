import { messageOf } from '@halyard/core';
import type { ExposureOptions } from '@halyard/server';
import type { CreateFlagsOptions, FlagExposureOptions, IdentifyRequest } from '../flags.ts';
import { invalidOption } from '../invalid-option.ts';
import { warnOnce } from '../process/warn-once.ts';
import { withinTimeout } from '../request/within-timeout.ts';
import type { Settings } from '../settings.ts';

/** Takes the `exposures` option apart: who agrees is asked here, all else is the client's own. */
export function readExposures(given: CreateFlagsOptions['exposures']): {
  readonly consent: FlagExposureOptions['consent'];
  readonly exposures: ExposureOptions | undefined;
} {
  // What is no object is left to the client, which names what it expects.
  if (typeof given !== 'object' || given === null) return { consent: undefined, exposures: given };
  const { consent, ...exposures } = given;
  if (consent !== undefined && typeof consent !== 'function') {
    throw invalidOption('`exposures.consent`', 'a function that says whether the visitor agrees');
  }
  return { consent, exposures };
}

/**
 * Whether the visitor agrees to being counted. Never rejects, and when in doubt nobody agrees: what was
 * counted against somebody's will cannot be taken back.
 */
export async function hasConsent(
  { consent, identifyTimeout: timeout, logger }: Settings,
  request: IdentifyRequest,
): Promise<boolean> {
  if (consent === undefined) return true;
  try {
    const answer: unknown = await withinTimeout(consent(request), {
      timeout,
      option: 'identifyTimeout',
    });
    return answer === true;
  } catch (error) {
    warnOnce(logger, `exposures.consent failed: ${messageOf(error)}. The visitor is not counted.`);
    return false;
  }
}
