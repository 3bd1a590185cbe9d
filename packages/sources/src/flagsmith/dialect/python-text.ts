import { integerOf, numeralKind, type TraitValue } from './trait-value.ts';

/**
 * A value as the text that Flagsmith's engine makes of it, which is Python's: `True`, `None`, decimals
 * with at least one digit behind the point. Numbers of the language print as it prints them.
 */
export function pythonText(value: TraitValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null) return 'None';
  if (typeof value === 'string') return numeralText(value);
  if (typeof value === 'number' && !Number.isInteger(value)) return floatText(value);
  return String(value);
}

/** A text that looks like a number prints as that number: `007` as `7`, `1.50` as `1.5`. */
function numeralText(text: string): string {
  const kind = numeralKind(text);
  if (kind === 'integer') return String(integerOf(text));
  return kind === 'decimal' ? floatText(Number(text)) : text;
}

/** From this decimal exponent on, and below the other one, Python writes numbers with an exponent. */
const LARGEST_PLAIN_EXPONENT = 15;
const SMALLEST_PLAIN_EXPONENT = -4;

/** Python's `repr` of a float: the shortest digits that give the number back. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '0', exponentText = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent > LARGEST_PLAIN_EXPONENT || exponent < SMALLEST_PLAIN_EXPONENT) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}
