import type { PatternReader } from './pattern-reader.ts';

/** How often a part may occur. */
export interface Count {
  readonly min: number;
  readonly max: number;
}

/** Far beyond the number of instructions a pattern may have, and safe to calculate with. */
const MAX_COUNT = 1_000_000_000;

/** Takes `*`, `+`, `?` or a count in braces, or nothing. Braces that hold no count are literal text. */
export function takeCount(reader: PatternReader, minimumRequired: boolean): Count | undefined {
  if (reader.eat('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
  if (reader.eat('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
  if (reader.eat('?')) return { min: 0, max: 1 };
  return takeBraces(reader, minimumRequired);
}

function takeBraces(reader: PatternReader, minimumRequired: boolean): Count | undefined {
  const start = reader.position;
  const count = reader.eat('{') && !reader.sees('}') ? bracesAhead(reader) : undefined;
  if (count === undefined || (minimumRequired && count.lower === '')) {
    reader.position = start;
    return undefined;
  }
  const min = Math.min(Number(count.lower), MAX_COUNT);
  const max =
    count.upper === '' ? Number.POSITIVE_INFINITY : Math.min(Number(count.upper), MAX_COUNT);
  if (max < min) throw reader.error('the numbers of a count are out of order', start);
  return { min, max };
}

function bracesAhead(reader: PatternReader): { lower: string; upper: string } | undefined {
  const lower = reader.takeDigits();
  const upper = reader.eat(',') ? reader.takeDigits() : lower;
  return reader.eat('}') ? { lower, upper } : undefined;
}
