import type { EvaluationContext } from '@halyard/core';
import { type TraitValue, toTraitValue } from '../dialect/trait-value.ts';

/** A trait as the API takes it. `null` deletes a stored one. */
export interface FlagsmithTrait {
  readonly trait_key: string;
  readonly trait_value: string | number | boolean | null;
  /** Used for this evaluation and not stored. */
  readonly transient?: true;
}

/** The longest text that Flagsmith stores as a trait, in characters. */
const LONGEST_TEXT = 2000;

/**
 * A context's traits: all attributes but the targeting key, and over them those in an attribute
 * `traits`. What is undefined is no trait, and neither is a number that JSON cannot carry.
 */
export function traitsOf(context: EvaluationContext): readonly FlagsmithTrait[] {
  const { targetingKey: _, traits, ...attributes } = context;
  const isGroup = typeof traits === 'object' && traits !== null;
  const given = new Map<string, unknown>(Object.entries(attributes));
  if (isGroup) for (const [name, value] of Object.entries(traits)) given.set(name, value);
  return [...given].flatMap(([name, value]) => traitOf(name, value));
}

function traitOf(name: string, given: unknown): readonly FlagsmithTrait[] {
  if (given === undefined) return [];
  const value = toTraitValue(given);
  if (typeof value === 'number' && !Number.isFinite(value)) return [];
  const isTransient = (given as { readonly transient?: unknown } | null)?.transient === true;
  return [
    { trait_key: name, trait_value: storable(value), ...(isTransient && { transient: true }) },
  ];
}

function storable(value: TraitValue): FlagsmithTrait['trait_value'] {
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : value;
}
