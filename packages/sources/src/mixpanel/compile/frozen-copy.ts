import type { JsonValue } from '@halyard/core';

/** Every visitor gets the same value, so nobody may change what the others see. */
export function frozenCopy(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  const entries = Object.entries(value).map(([key, item]) => [key, frozenCopy(item)] as const);
  return Object.freeze(Object.fromEntries(entries));
}
