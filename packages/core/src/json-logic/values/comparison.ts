import { notANumber } from '../failure.ts';
import { convertible, loosely } from './arithmetic.ts';

/** A comparison of two values as the language makes it. */
export type Relation = (left: unknown, right: unknown) => boolean;

const RELATIONS: readonly (readonly [string, Relation])[] = [
  ['<', (left, right) => (left as number) < (right as number)],
  ['<=', (left, right) => (left as number) <= (right as number)],
  ['>', (left, right) => (left as number) > (right as number)],
  ['>=', (left, right) => (left as number) >= (right as number)],
  // JSON Logic's == and != are the language's loose ones.
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  ['==', (left, right) => left == right],
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  ['!=', (left, right) => left != right],
  ['===', (left, right) => left === right],
  ['!==', (left, right) => left !== right],
];

/** An operator that compares. */
export interface Comparison {
  readonly operator: string;
  readonly relation: Relation;
  /** Compares without checking or converting. */
  readonly strict: boolean;
}

/** The operators that compare. */
export const COMPARISONS: ReadonlyMap<string, Comparison> = new Map(
  RELATIONS.map(([operator, relation]) => [
    operator,
    { operator, relation, strict: operator === '===' || operator === '!==' },
  ]),
);

function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null;
}

function isNumeric(value: unknown): boolean {
  return !Number.isNaN(loosely(convertible(value)));
}

/**
 * The right side of a loose comparison, checked against `left`: two strings (or nulls) compare as such,
 * anything else must be numbers. Null and the other side's false values are made alike.
 */
export function checkedSide(right: unknown, left: unknown): unknown {
  if (isText(right) && isText(left)) return right;
  if (!isNumeric(right) && left !== null) throw notANumber();
  if (!isNumeric(left)) throw notANumber();
  if (left === null && !right) return null;
  if (right === null && !left) return 0;
  return right;
}

/** A loose comparison as the interpreter makes it: on strings, or on both sides' numbers. */
export function compareConverted(relation: Relation, left: unknown, right: unknown): boolean {
  if (isText(left) && isText(right)) return relation(left, right);
  if (!isNumeric(left)) throw notANumber();
  if (!isNumeric(right) && left !== null) throw notANumber();
  return relation(loosely(left), loosely(right));
}

/**
 * A chain of four or more as the interpreter compares it: each neighbours' pair first as it is (when
 * strict, or two strings), and then, unlike a pair alone, as numbers in any case.
 */
export class InterpretedChain {
  private readonly comparison: Comparison;
  private previous: unknown;
  private first = true;

  constructor(comparison: Comparison, start: unknown) {
    this.comparison = comparison;
    this.previous = start;
  }

  /** Whether the chain holds up to this value. */
  accepts(current: unknown): boolean {
    const { previous, first } = this;
    const { relation, strict } = this.comparison;
    this.first = false;
    this.previous = current;
    const asTheyAre = strict || (isText(current) && isText(previous));
    if (asTheyAre && !relation(previous, current)) return false;
    if (!isNumeric(current) && previous !== null) throw notANumber();
    if (first && !isNumeric(previous)) throw notANumber();
    return relation(loosely(previous), loosely(current));
  }
}
