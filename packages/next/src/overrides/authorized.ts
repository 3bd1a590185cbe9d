import { messageOf } from '@halyard/core';
import { warnOnce } from '../process/warn-once.ts';
import { rethrowFrameworkSignal } from '../request/framework-signals.ts';
import { withinTimeout } from '../request/within-timeout.ts';
import type { Settings } from '../settings.ts';
import type { IdentifyRequest } from '../visitor/options.ts';
import type { OverrideSettings } from './settings.ts';

/**
 * Whether overrides work for whoever makes this request. When in doubt they do not. Only Next's own
 * signals are thrown.
 */
export async function isAuthorized(
  { authorize }: OverrideSettings,
  { identifyTimeout: timeout, logger }: Pick<Settings, 'identifyTimeout' | 'logger'>,
  request: IdentifyRequest,
): Promise<boolean> {
  if (authorize === undefined) return true;
  try {
    const option = 'identifyTimeout';
    const answer: unknown = await withinTimeout(authorize(request), { timeout, option });
    return answer === true;
  } catch (error) {
    rethrowFrameworkSignal(error);
    warnOnce(logger, `overrides.authorize failed: ${messageOf(error)}. Nothing is overridden.`);
    return false;
  }
}
