import { pythonText } from './python-text.ts';
import { NEVER, type ValueTest } from './test.ts';
import { integerOf, numeralKind, toTraitValue } from './trait-value.ts';

/** Numbers from here on print with an exponent, which no list of digits contains. */
const LARGEST_PRINTED = 1e21;

/**
 * The test of IN. Integers are in the list by their digits, texts as they are; booleans and other
 * numbers never.
 */
export function membership(operand: unknown): ValueTest {
  const members = membersOf(operand);
  if (members === undefined) return NEVER;
  return (value) => {
    if (typeof value === 'string') {
      const kind = numeralKind(value);
      if (kind === 'text') return members.has(value);
      return kind === 'integer' && members.has(String(integerOf(value)));
    }
    if (typeof value === 'number') {
      return (
        Number.isInteger(value) && Math.abs(value) < LARGEST_PRINTED && members.has(String(value))
      );
    }
    return typeof value === 'bigint' && members.has(String(value));
  };
}

/** A list, a JSON list in a text, or texts between commas, which are not trimmed. */
function membersOf(operand: unknown): ReadonlySet<string> | undefined {
  if (Array.isArray(operand)) return textsOf(operand);
  if (typeof operand !== 'string') return undefined;
  if (!operand.startsWith('[')) return new Set(operand.split(','));
  try {
    const list: unknown = JSON.parse(operand);
    if (Array.isArray(list)) return textsOf(list);
  } catch {
    // What only begins like JSON is a list between commas.
  }
  return new Set(operand.split(','));
}

function textsOf(list: readonly unknown[]): ReadonlySet<string> {
  return new Set(list.map((item) => (typeof item === 'string' ? item : memberText(item))));
}

function memberText(item: unknown): string {
  return typeof item === 'object' && item !== null
    ? JSON.stringify(item)
    : pythonText(toTraitValue(item));
}
