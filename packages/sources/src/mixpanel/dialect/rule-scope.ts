import { foldProperty, setOwn } from './folding.ts';
import type { PropertyNames } from './property-names.ts';

/** No rule may take more steps than this, which is some milliseconds' work. */
const MAX_STEPS = 250_000;

/**
 * What rules look at: a visitor's custom properties, in lower case. Nothing is copied in advance: a property
 * is looked at when a rule reads it, and lists and objects are copied once, so that they are the same
 * thing wherever a rule comes upon them.
 */
export class RuleScope {
  private readonly given: Readonly<Record<string, unknown>>;
  private readonly names: PropertyNames;
  private copies: Map<string, unknown> | undefined = undefined;
  private all: object | undefined = undefined;
  private stepsLeft = MAX_STEPS;

  /** `names`: those of the properties `given`. */
  constructor(given: object, names: PropertyNames) {
    this.given = given as Readonly<Record<string, unknown>>;
    this.names = names;
  }

  /** Whether there is a property of that name, which is in lower case. */
  has(name: string): boolean {
    return this.names.given(name) !== undefined;
  }

  /**
   * A property by its name in lower case; undefined when there is none.
   *
   * @throws RangeError when it is too large or too deep; and what reading it throws.
   */
  property(name: string): unknown {
    const key = this.names.given(name);
    if (key === undefined) return undefined;
    const value = this.given[key];
    if (typeof value === 'string') return value.toLowerCase();
    return typeof value === 'object' && value !== null ? this.copyOf(name, value) : value;
  }

  /** All properties as one object. Throws what {@link property} throws. */
  get properties(): object {
    if (this.all !== undefined) return this.all;
    const all: Record<string, unknown> = {};
    for (const name of this.names.folded) setOwn(all, name, this.property(name));
    this.all = all;
    return all;
  }

  /** Before a rule is evaluated: each may take as many steps as any other. */
  begin(): void {
    this.stepsLeft = MAX_STEPS;
  }

  /**
   * Counts what grows with the data, such as the items of a list and the length of a text.
   *
   * @throws RangeError when the rule takes too many steps.
   */
  spend(steps: number): void {
    this.stepsLeft -= steps;
    if (!(this.stepsLeft >= 0)) {
      throw new RangeError(`the rule takes more than ${MAX_STEPS} steps`);
    }
  }

  private copyOf(name: string, value: object): unknown {
    const known = this.copies?.get(name);
    if (known !== undefined) return known;
    const copy = foldProperty(value);
    this.copies ??= new Map();
    this.copies.set(name, copy);
    return copy;
  }
}

/**
 * A part of a rule, compiled. `data` is what variables are looked up in: the item, within the operators
 * that go through a list. Elsewhere it is the visitor's properties, which the scope has, and `data` is
 * nothing. Throws what the rule throws, and what reading the properties throws.
 */
export type Expression = (scope: RuleScope, data: unknown) => unknown;
