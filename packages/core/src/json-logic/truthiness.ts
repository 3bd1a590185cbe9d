/**
 * JSON Logic's truthiness: the language's own, except that empty arrays and empty plain objects are
 * false. Instances of classes (dates, for example) are true.
 */
export function isTruthy(value: unknown): boolean {
  if (!value) return false;
  return typeof value !== 'object' || isFilled(value);
}

/** As {@link isTruthy}, keeping primitives as they are: what the engine itself computes with. */
export function truthOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? isFilled(value) : value;
}

function isFilled(value: object): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (!isPlainObject(value)) return true;
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}

// Decided by the prototype, never by reading `constructor`: data may have a property of that name. An
// object whose prototype ends the chain is plain in whatever realm it was made.
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
