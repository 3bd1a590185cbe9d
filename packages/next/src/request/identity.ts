import { type EvaluationContext, isJsonObject, messageOf } from '@halyard/core';
import type { ClientAttributes, IdentifyRequest } from '../flags.ts';
import type { Settings } from '../settings.ts';
import { rethrowFrameworkSignal } from './framework-signals.ts';
import { withinTimeout } from './within-timeout.ts';

/** Who the visitor is, or why that is not known. */
export type Identity =
  | { readonly context: EvaluationContext; readonly problem?: undefined }
  | { readonly context?: undefined; readonly problem: string };

/**
 * Asks the application who the visitor is. Only Next's own signals (an identify that redirects) are
 * thrown; everything else, slowness included, ends in a problem.
 */
export async function identifyVisitor(
  settings: Pick<Settings, 'identify' | 'identifyTimeout'>,
  request: IdentifyRequest,
): Promise<Identity> {
  try {
    const context = await withinTimeout(settings.identify(request), {
      timeout: settings.identifyTimeout,
      option: 'identifyTimeout',
    });
    return withClientContext(checkContext(context), request.clientContext);
  } catch (error) {
    rethrowFrameworkSignal(error);
    return { problem: `identify failed: ${messageOf(error)}` };
  }
}

function checkContext(context: unknown): Identity {
  if (!isJsonObject(context)) {
    return { problem: 'identify returned no evaluation context; return an object, or {}' };
  }
  const { targetingKey } = context;
  if (targetingKey !== undefined && typeof targetingKey !== 'string') {
    return {
      problem: `identify returned a targetingKey of type ${typeof targetingKey}; return a string`,
    };
  }
  return { context: context as EvaluationContext };
}

/** What a page has set counts as far as `identify` leaves it open: the server has the last word. */
function withClientContext(identity: Identity, attributes: ClientAttributes): Identity {
  const { context } = identity;
  if (context === undefined || Object.keys(attributes).length === 0) return identity;
  return { context: { ...attributes, ...context } };
}
