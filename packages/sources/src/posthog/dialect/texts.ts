/**
 * A value as JavaScript makes a text of it; undefined where it cannot, as for an object without
 * `toString`.
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  try {
    return String(value);
  } catch {
    // Whatever an object throws when it is converted, it has no text.
    return undefined;
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** The language's own test, which takes next to no time, where the engine has it (ECMAScript 2024). */
const { isWellFormed: wellFormed } = String.prototype as {
  isWellFormed?: (this: string) => boolean;
};

/** Whether a text is Unicode: no half of a surrogate pair stands alone. */
export function isWellFormed(text: string): boolean {
  return wellFormed === undefined ? !LONE_SURROGATE.test(text) : wellFormed.call(text);
}

/** Lower case for A to Z, and for nothing else. */
export function foldAscii(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}
