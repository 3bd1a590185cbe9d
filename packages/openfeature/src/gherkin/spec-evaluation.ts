import type { SpecCondition, SpecFlag } from './flag-file.ts';

/** The variant that a flag gives a visitor; undefined for none. What a backend's own servers would say. */
export function variantFor(
  { targeting, defaultVariant }: SpecFlag,
  attributes: Readonly<Record<string, unknown>>,
): string | undefined {
  const isTargeted = targeting?.conditions.every((condition) => isMet(condition, attributes));
  return isTargeted ? targeting?.variant : defaultVariant;
}

function isMet(condition: SpecCondition, attributes: Readonly<Record<string, unknown>>): boolean {
  const actual = attributes[condition.attribute];
  if (condition.is === 'falsy') return actual !== true && actual !== 'true';
  if (condition.is === 'equal') return actual === condition.value;
  return Number(actual) > Number(condition.value);
}
