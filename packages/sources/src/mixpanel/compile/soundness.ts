import { isJsonObject } from '@halyard/core';
import type { MixpanelFlag } from '../wire.ts';

/** What makes a definition one that cannot be evaluated. */
export interface Malformation {
  /** Where in the flag. */
  readonly path: string;
  readonly message: string;
}

/** The first thing in a flag that cannot be evaluated; undefined for a flag that is sound. */
export function malformationOf(flag: MixpanelFlag): Malformation | undefined {
  const { context, hash_salt: salt, ruleset }: { [name in keyof MixpanelFlag]: unknown } = flag;
  if (typeof context !== 'string') {
    return malformation('context', 'expected the name of a field of the context');
  }
  if (!isNone(salt) && typeof salt !== 'string') {
    return malformation('hash_salt', 'expected a text, or none');
  }
  if (!isJsonObject(ruleset)) return malformation('ruleset', 'expected an object');
  const { variants, rollout } = ruleset;
  return (
    malformationIn(variants, 'ruleset.variants', isVariant, 'a variant, an object with a `key`') ??
    malformationIn(rollout, 'ruleset.rollout', isJsonObject, 'a rollout, an object')
  );
}

function malformationIn(
  list: unknown,
  path: string,
  isSound: (item: unknown) => boolean,
  expected: string,
): Malformation | undefined {
  if (isNone(list)) return undefined;
  if (!Array.isArray(list)) return malformation(path, 'expected a list');
  const index = list.findIndex((item) => !isSound(item));
  return index < 0 ? undefined : malformation(`${path}[${index}]`, `expected ${expected}`);
}

function malformation(path: string, message: string): Malformation {
  return { path, message };
}

function isVariant(item: unknown): boolean {
  return isJsonObject(item) && typeof item.key === 'string';
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null;
}
