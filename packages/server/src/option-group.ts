import { invalidOption } from './invalid-option.ts';
import { LONGEST_TIMER } from './timers.ts';

/** Bounds of a numeric option. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Reads the options of one group, such as `refresh`. A name that is not known is an error: a typing
 * mistake there would switch something off without a word.
 */
export class OptionGroup {
  private readonly name: string;
  private readonly given: Readonly<Record<string, unknown>>;

  constructor(name: string, given: unknown, known: readonly string[]) {
    if (given !== undefined && (typeof given !== 'object' || given === null)) {
      throw invalidOption(name, given, `an object with any of ${known.join(', ')}`);
    }
    this.name = name;
    this.given = { ...given };
    for (const option of Object.keys(this.given)) {
      if (known.includes(option)) continue;
      throw invalidOption(`${name}.${option}`, this.given[option], `one of ${known.join(', ')}`);
    }
  }

  /** A duration in milliseconds; a timer must be able to wait for it. */
  milliseconds(option: string, fallback: number, min = 1): number {
    return this.number(option, fallback, { min, max: LONGEST_TIMER });
  }

  /** A duration in milliseconds that may be without end. */
  age(option: string, fallback: number): number {
    return this.number(option, fallback, { min: 0, max: Number.POSITIVE_INFINITY });
  }

  /** A whole number of something. */
  count(option: string, fallback: number, min = 1): number {
    const value = this.number(option, fallback, { min, max: Number.MAX_SAFE_INTEGER });
    if (Number.isInteger(value)) return value;
    throw invalidOption(`${this.name}.${option}`, value, `a whole number, at least ${min}`);
  }

  private number(option: string, fallback: number, { min, max }: Range): number {
    const value = this.given[option] ?? fallback;
    if (typeof value === 'number' && value >= min && value <= max) return value;
    const limits = Number.isSafeInteger(max) ? `from ${min} to ${max}` : `of at least ${min}`;
    throw invalidOption(`${this.name}.${option}`, value, `a number ${limits}`);
  }
}
