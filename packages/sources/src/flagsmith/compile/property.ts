import { compileJsonPath } from '@halyard/core';
import { type TraitValue, toPathValue } from '../dialect/trait-value.ts';
import { traitReader, type Visit } from './visit.ts';

/** Reads what a condition looks at. */
export type PropertyReader = (visit: Visit) => TraitValue;

/**
 * A reader of a condition's property: a trait's name, or a JSONPath that begins with `$.`. What is no
 * JSONPath is a name, and a trait with exactly that name goes before the path.
 */
export function propertyReader(property: string): PropertyReader {
  const trait = traitReader(property);
  if (!property.startsWith('$.')) return trait;
  const query = compileJsonPath(property);
  // A path that is well written but can never be followed finds nothing.
  if (query.kind !== 'query') return trait;
  const path =
    knownPath(query.path ?? []) ?? ((visit: Visit) => toPathValue(query.first(rootOf(visit))));
  return (visit) => trait(visit) ?? path(visit);
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
  return traitReader(name, toPathTrait);
}

/** A trait that is an object or a list is no value to a path, unless it wraps one. */
function toPathTrait(given: unknown): TraitValue {
  const isWrapped = typeof given === 'object' && given !== null && Object.hasOwn(given, 'value');
  return toPathValue(isWrapped ? (given as { readonly value: unknown }).value : given);
}

function rootOf(visit: Visit): unknown {
  visit.root ??= visit.model.root(visit);
  return visit.root;
}
