import { HalyardError } from '@halyard/core';
import type { Schema } from './schema.ts';

/**
 * The numbers of every combination that the definitions list, the last flag's changing fastest. Throws a
 * HalyardError when there are more than `max`: each is a page to make, and they multiply.
 */
export function listCombinations(schema: Schema, max: number): readonly (readonly number[])[] {
  if (countCombinations(schema) > max) {
    throw new HalyardError('precompute', 'INVALID_OPTION', tooManyCombinations(schema, max));
  }
  return schema.flags.reduce<readonly (readonly number[])[]>(
    (found, { listed }) => found.flatMap((numbers) => listed.map((number) => [...numbers, number])),
    [[]],
  );
}

/** How many combinations there are; beyond 2^53 about that many. */
export function countCombinations({ flags }: Schema): number {
  return flags.reduce((product, { listed }) => product * listed.length, 1);
}

/** How many there are, which flags they come from, and what to do. */
export function tooManyCombinations(schema: Schema, max: number): string {
  const parts = schema.flags
    .toSorted((a, b) => b.listed.length - a.listed.length)
    .map(({ key, listed }) => `"${key}" comes out in ${listed.length} ways`);
  return `${countCombinations(schema)} pages would have to be made, more than the ${max} that maxCombinations allows: ${parts.join(', ')}. Leave out flags that the page's first paint does not need and read them with useFlag() instead, or raise maxCombinations.`;
}
