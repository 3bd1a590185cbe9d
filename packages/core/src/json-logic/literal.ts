/**
 * A value written in a rule as the engine's compiled text holds it: minus zero becomes zero, and inside
 * an object numbers that JSON cannot carry become null.
 */
export function literalFrom(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  return typeof value === 'object' && value !== null ? copyJson(value) : value;
}

function copyJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** What JSON keeps of a value; undefined when it keeps nothing. */
export function throughJson(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}
