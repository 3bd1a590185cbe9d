import { isJsonObject } from '@halyard/core';

/**
 * JSON text that is the same for equal values: properties are sorted, so that definitions which another
 * process wrote, or a cache gave back, do not count as others. Undefined for what JSON cannot carry.
 */
export function canonicalJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_key, part: unknown) =>
      isJsonObject(part) ? sorted(part) : part,
    );
  } catch {
    // Nested too deep, or in a ring: definitions given in code may be.
    return undefined;
  }
}

/** `Object.fromEntries` makes own properties of all keys, of `__proto__` as well. */
function sorted(part: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
}
