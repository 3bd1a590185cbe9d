import { isJsonObject } from '@halyard/core';
import { textOf } from '../dialect/texts.ts';

/** An object's members; of what is no object, none. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : NO_MEMBERS;
}

/** A list's items; of what is no list, none. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ITEMS;
}

const NO_MEMBERS: Readonly<Record<string, unknown>> = Object.freeze({});
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

/** The filters of all of a flag's conditions. */
export function propertiesOf(flag: unknown): readonly unknown[] {
  const { groups } = membersOf(membersOf(flag).filters);
  return itemsOf(groups).flatMap((condition) => itemsOf(membersOf(condition).properties));
}

/** Whether a filter is on a cohort or on another flag. */
export function isReference(property: unknown): boolean {
  const { type } = membersOf(property);
  return type === 'cohort' || type === 'flag';
}

/** The keys of the flags that a filter on another flag evaluates; undefined when it has none. */
export function chainOf(property: unknown): readonly string[] | undefined {
  const { dependency_chain: chain } = membersOf(property);
  return Array.isArray(chain) && chain.length > 0 ? chain.map(nameOf) : undefined;
}

/** A key or an id as a text; empty for what cannot be one. */
export function nameOf(value: unknown): string {
  return textOf(value) ?? '';
}

/** Deeper groups of filters than this are none that anybody wrote. */
export const MAX_DEPTH = 100;
