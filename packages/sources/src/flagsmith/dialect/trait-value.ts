/**
 * A trait, or what a path of the evaluation context points to, as the operators see it. Texts that
 * look like numbers are numbers to them, see {@link numeralKind}.
 */
export type TraitValue = string | number | bigint | boolean | null;

/**
 * Reads a trait as the application gave it. `{ value, transient }` stands for its value; dates are
 * their ISO 8601 text, and anything else that is no scalar its text.
 */
export function toTraitValue(given: unknown): TraitValue {
  if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean') {
    return given;
  }
  if (given === null || given === undefined) return null;
  if (typeof given === 'bigint') return given;
  if (typeof given !== 'object') return String(given);
  if (Object.hasOwn(given, 'value')) return toScalar((given as { readonly value: unknown }).value);
  return toScalar(given);
}

function toScalar(given: unknown): TraitValue {
  if (typeof given !== 'object' || given === null) return toTraitValue(given);
  return given instanceof Date && !Number.isNaN(given.getTime())
    ? given.toISOString()
    : String(given);
}

/** What a JSONPath found: objects and lists are no values, neither are missing members. */
export function toPathValue(found: unknown): TraitValue {
  return typeof found === 'object' ? null : toTraitValue(found);
}

/** What a text is to an operator. */
export type NumeralKind = 'text' | 'integer' | 'decimal';

const NINE = 0x39;
const INTEGER = /^-?[0-9]+$/;
const DECIMAL = /^-?[0-9]+\.[0-9]+$/;

/**
 * Texts made of digits alone are integers, those with digits on both sides of one point decimals;
 * a minus may stand before either. Everything else (`+1`, `1e3`, ` 1`, `1.`) stays a text.
 */
export function numeralKind(text: string): NumeralKind {
  // Nearly every text is told apart by its first character.
  const first = text.charCodeAt(0);
  if (!(first <= NINE && first >= 0x2d)) return 'text';
  if (INTEGER.test(text)) return 'integer';
  return DECIMAL.test(text) ? 'decimal' : 'text';
}

/** An integer of any size: a number where that is exact. */
export function integerOf(digits: string): number | bigint {
  const number = Number(digits);
  // Minus zero is no integer of its own.
  return Number.isSafeInteger(number) ? number + 0 : BigInt(digits);
}
