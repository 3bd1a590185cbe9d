import { parseFloatLiteral } from './literals.ts';
import { NEVER, type ValueTest } from './test.ts';
import { numeralKind, type TraitValue } from './trait-value.ts';

/** The test of MODULO, whose operand is `divisor|remainder`. The remainder has the divisor's sign. */
export function modulo(operand: string | null): ValueTest {
  const [divisor, remainder, ...more] = (operand ?? '').split('|').map(parseFloatLiteral);
  if (divisor === undefined || remainder === undefined || more.length > 0) return NEVER;
  return (value) => {
    const number = numberOf(value);
    return number !== undefined && floored(number, divisor) === remainder;
  };
}

/** As in Python; the language's own `%` has the sign of the dividend. */
function floored(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  return rest !== 0 && rest < 0 !== divisor < 0 ? rest + divisor : rest;
}

function numberOf(value: TraitValue): number | undefined {
  if (typeof value === 'string') return numeralKind(value) === 'text' ? undefined : Number(value);
  return value === null ? undefined : Number(value);
}
