import type { EvaluationContext } from '@halyard/core';
import type { FlagClient } from '@halyard/server';
import { DEFAULT_DISCOUNT, DEFAULT_LAYOUT } from '../flag-defaults.ts';
import { contextOf, PERSONAS } from '../personas.ts';

/** Most visitors that one request may pretend to be. */
export const MOST_VISITORS = 50;

/** Lets made-up visitors look at the shop: each reads a few flags, and is exposed to what it reads. */
export function simulateVisitors(client: FlagClient, count: number): void {
  for (let visitor = 0; visitor < Math.min(count, MOST_VISITORS); visitor++) {
    const snapshot = client.snapshot(someone());
    snapshot.get('product-layout', DEFAULT_LAYOUT);
    snapshot.get('discount-percent', DEFAULT_DISCOUNT);
    if (Math.random() < 0.5) snapshot.get('buy-button-color', 'ink');
    if (Math.random() < 0.2) snapshot.get('express-checkout', false);
  }
}

function someone(): EvaluationContext {
  const persona = PERSONAS[Math.floor(Math.random() * PERSONAS.length)] ?? PERSONAS[0];
  return {
    ...(persona && contextOf(persona)),
    targetingKey: `passer-by-${Math.random().toString(36).slice(2, 8)}`,
    cartSize: Math.floor(Math.random() * 5),
  };
}
