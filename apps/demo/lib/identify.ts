import type { EvaluationContext } from '@halyard/core';
import type { IdentifyRequest } from '@halyard/next';
import { BAG_COOKIE, itemCount, parseBag } from './bag.ts';
import { withMixpanelFields } from './mixpanel-context.ts';
import { contextOf, personaOf } from './personas.ts';

/** Names the persona one shops as. */
export const PERSONA_COOKIE = 'persona';

/** A whole number that makes the visitor somebody of their own: what the isolation pages are read with. */
export const SHOPPER_COOKIE = 'shopper';

/** Who is shopping: a numbered shopper, a persona, or the anonymous visitor. */
export function identify(request: IdentifyRequest): EvaluationContext {
  return withMixpanelFields(visitorOf(request));
}

function visitorOf({ cookies, visitorId }: IdentifyRequest): EvaluationContext {
  const shopper = cookies.get(SHOPPER_COOKIE)?.value;
  if (shopper !== undefined && /^\d{1,4}$/.test(shopper)) {
    return { targetingKey: `shopper-${shopper}`, visitorNumber: Number(shopper), plan: 'guest' };
  }
  const persona = contextOf(personaOf(cookies.get(PERSONA_COOKIE)?.value));
  return {
    ...persona,
    targetingKey: persona.targetingKey ?? visitorId,
    cartSize: itemCount(parseBag(cookies.get(BAG_COOKIE)?.value)),
  };
}
