import type { Properties } from './properties.ts';

/** No rule may take more steps than this, which is some milliseconds' work. */
const MAX_STEPS = 250_000;

/** What a rule looks at while it is evaluated, and how much it may still do. */
export class RuleScope {
  readonly properties: Properties;
  private left = MAX_STEPS;

  constructor(properties: Properties) {
    this.properties = properties;
  }

  /** For the next rule: each has steps of its own. */
  begin(): void {
    this.left = MAX_STEPS;
  }

  /**
   * Counts what grows with the data, such as the items of a list and the length of a text.
   *
   * @throws RangeError when the rule has done too much.
   */
  spend(steps: number): void {
    this.left -= steps;
    if (!(this.left >= 0)) throw new RangeError(`the rule takes more than ${MAX_STEPS} steps`);
  }
}

/**
 * A part of a rule, compiled. `data` is what variables are looked up in: the item, within the operators
 * that go through a list. Elsewhere it is the visitor's properties, which the scope has, and `data` is
 * nothing. Throws what the rule throws, and what reading the properties throws.
 */
export type Expression = (scope: RuleScope, data: unknown) => unknown;
