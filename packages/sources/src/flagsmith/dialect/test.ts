import type { TraitValue } from './trait-value.ts';

/** A condition's operator with its operand: says whether a value satisfies it. Never throws. */
export type ValueTest = (value: TraitValue) => boolean;

/** The test of a condition that can never hold. */
export const NEVER: ValueTest = () => false;
