import { integerOf } from './trait-value.ts';

// What Python takes for white space around a number.
const SPACE =
  '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';
const DIGITS = '[0-9](?:_?[0-9])*';
const INTEGER = new RegExp(`^${SPACE}([+-]?)(${DIGITS})${SPACE}$`);
const FLOAT = new RegExp(
  `^${SPACE}([+-]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:e[+-]?${DIGITS})?)${SPACE}$`,
  'i',
);
const NAMED = new RegExp(`^${SPACE}([+-]?)(inf|infinity|nan)${SPACE}$`, 'i');

/** A condition's value as an integer literal of Python; undefined when it is none. */
export function parseInteger(text: string): number | bigint | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', digits = ''] = match;
  return integerOf((sign === '-' ? '-' : '') + digits.replaceAll('_', ''));
}

/** A condition's value as a float literal of Python; undefined when it is none. */
export function parseFloatLiteral(text: string): number | undefined {
  const match = FLOAT.exec(text);
  if (match !== null) return Number((match[1] ?? '').replaceAll('_', ''));
  const named = NAMED.exec(text);
  if (named === null) return undefined;
  if ((named[2] ?? '').toLowerCase() === 'nan') return Number.NaN;
  return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
