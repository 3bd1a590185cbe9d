import type { EvaluationContext } from '@halyard/core';

/** A fictional customer one can shop as. */
export interface Persona {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** What the flags can target, apart from the number of things in the bag. */
  readonly attributes: {
    readonly plan: 'guest' | 'shore' | 'crew' | 'keeper';
    readonly country?: string;
    readonly appVersion?: string;
  };
}

/** The one who has not said who they are. Bucketed by the id that `flags.proxy()` mints. */
export const GUEST: Persona = {
  id: 'guest',
  name: 'Just looking',
  role: 'A visitor we know nothing about',
  attributes: { plan: 'guest' },
};

/** Everybody, the guest first. */
export const PERSONAS: readonly Persona[] = [
  GUEST,
  {
    id: 'maren',
    name: 'Maren Holt',
    role: 'Lighthouse keeper, Lindesnes',
    attributes: { plan: 'keeper', country: 'NO', appVersion: '2.6.0' },
  },
  {
    id: 'tomas',
    name: 'Tomás Vidal',
    role: 'Weekend sailor, Cascais',
    attributes: { plan: 'crew', country: 'PT', appVersion: '2.4.1' },
  },
  {
    id: 'ines',
    name: 'Ines Okafor',
    role: 'Harbour pilot, Lerwick',
    attributes: { plan: 'crew', country: 'GB', appVersion: '1.9.3' },
  },
  {
    id: 'aiko',
    name: 'Aiko Mori',
    role: 'Kayak guide, Onomichi',
    attributes: { plan: 'shore', country: 'JP', appVersion: '3.0.0-beta.2' },
  },
];

/** The persona of that id; the guest for any other. */
export function personaOf(id: string | undefined): Persona {
  return PERSONAS.find((persona) => persona.id === id) ?? GUEST;
}

/** The persona's part of the evaluation context. The guest has no targeting key of their own. */
export function contextOf(persona: Persona): EvaluationContext {
  const targetingKey = persona === GUEST ? undefined : `persona-${persona.id}`;
  return { targetingKey, ...persona.attributes };
}
