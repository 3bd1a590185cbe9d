import { compileJsonPath } from '@halyard/core';
import { type TraitValue, toPathValue, toTraitValue } from '../dialect/trait-value.ts';
import { givenTrait, isOrdinary, unwrapped, type Visit } from './visit.ts';

/** Reads what a condition looks at. */
export type PropertyReader = (visit: Visit) => TraitValue;

/** A reader of a condition's property, whatever it is. */
export function propertyReader(property: string): PropertyReader {
  return pathReader(property) ?? ((visit) => toTraitValue(givenTrait(visit, property)));
}

/** Whether a property is an ordinary trait, see {@link isOrdinary}. */
export function isOrdinaryTrait(property: string): boolean {
  return isOrdinary(property) && !property.startsWith('$.');
}

/**
 * A reader of a condition's property where that is a JSONPath, which begins with `$.`; undefined where
 * it is a trait's name. What is no JSONPath is a name, and a trait with exactly that name goes before the
 * path.
 */
function pathReader(property: string): PropertyReader | undefined {
  if (!property.startsWith('$.')) return undefined;
  const query = compileJsonPath(property);
  // A path that is well written but can never be followed finds nothing.
  if (query.kind !== 'query') return undefined;
  const path =
    knownPath(query.path ?? []) ?? ((visit: Visit) => toPathValue(query.first(rootOf(visit))));
  return (visit) => toTraitValue(givenTrait(visit, property)) ?? path(visit);
}

/** The paths that are read without making the whole context. */
function knownPath(path: readonly (string | number)[]): PropertyReader | undefined {
  const [scope, member, name] = path;
  if (scope !== 'identity') return undefined;
  if (path.length === 2 && member === 'identifier') {
    return ({ identifier }) => identifier ?? null;
  }
  if (path.length === 2 && member === 'key') {
    return ({ bucketKey, model }) =>
      bucketKey === undefined ? null : model.bucketPrefix + bucketKey;
  }
  if (path.length !== 3 || member !== 'traits' || typeof name !== 'string') return undefined;
  return (visit) => toPathValue(unwrapped(givenTrait(visit, name)));
}

function rootOf(visit: Visit): unknown {
  visit.root ??= visit.model.root(visit);
  return visit.root;
}
