import { foldData } from './folding.ts';
import type { Expression, RuleScope } from './rule-scope.ts';

/** Rules of more parts, or nested deeper, do not compile. */
const MAX_PARTS = 100_000;
const MAX_DEPTH = 500;

/** A part of a rule. */
export interface Part {
  readonly run: Expression;
  /** What it always is; undefined for what has to be evaluated. */
  readonly literal: { readonly value: unknown } | undefined;
}

/** What an operator does for each item of a list. */
export interface Body {
  readonly run: Expression;
  /** How many parts it has, which is how much each item takes. */
  readonly size: number;
}

/** Compiles an operator with its operands as written. */
export type OperatorCompiler = (operands: readonly unknown[], place: LogicPlace) => Expression;

/** The operators by name. */
export type Operators = ReadonlyMap<string, OperatorCompiler>;

/** A rule, compiled. */
export interface Logic {
  readonly run: Expression;
  /** What in it can only fail when it is evaluated. */
  readonly problems: readonly string[];
}

/**
 * Compiles a rule. It means what json-logic-js 2.0.5 makes of its copy in lower case: objects with one key
 * are operators, lists are evaluated item by item, and anything else is what it says.
 *
 * @throws RangeError when the rule is too large or too deep.
 */
export function compileLogic(rule: unknown, operators: Operators): Logic {
  const whole: WholeRule = { parts: 0, problems: [], fold: foldData };
  const { run } = new LogicPlace(operators, whole, true, 0).part(rule);
  return { run, problems: whole.problems };
}

/** What all places of one rule have in common. */
interface WholeRule {
  parts: number;
  readonly problems: string[];
  /** Puts what is data in the rule into lower case, if it is not so yet. */
  readonly fold: (data: unknown) => unknown;
}

/** Where in a rule something stands. */
export class LogicPlace {
  /** Whether variables here are the visitor's properties, and not an item's. */
  readonly isTop: boolean;
  private readonly operators: Operators;
  private readonly whole: WholeRule;
  private readonly depth: number;

  constructor(operators: Operators, whole: WholeRule, isTop: boolean, depth: number) {
    this.operators = operators;
    this.whole = whole;
    this.isTop = isTop;
    this.depth = depth;
  }

  /** Compiles an operand that is evaluated against the same data. */
  part(rule: unknown): Part {
    if (++this.whole.parts > MAX_PARTS) {
      throw new RangeError(`the rule has more than ${MAX_PARTS} parts`);
    }
    if (this.depth > MAX_DEPTH) {
      throw new RangeError(`the rule is nested deeper than ${MAX_DEPTH}`);
    }
    if (typeof rule !== 'object' || rule === null) return literal(this.fold(rule));
    const inner = new LogicPlace(this.operators, this.whole, this.isTop, this.depth + 1);
    if (Array.isArray(rule)) return inner.list(rule);
    const [name, ...others] = Object.keys(rule);
    if (name === undefined || others.length > 0) return literal(this.fold(rule));
    const operands: unknown = (rule as Record<string, unknown>)[name];
    return inner.operation(name, Array.isArray(operands) ? operands : [operands]);
  }

  /** Compiles what is evaluated for each item of a list. */
  body(rule: unknown): Body {
    const before = this.whole.parts;
    const inner = new LogicPlace(this.operators, this.whole, false, this.depth);
    const { run } = inner.part(rule);
    return { run, size: this.whole.parts - before };
  }

  /**
   * Evaluates a rule that is only known now, made of the rule's own values and of the properties'. Those
   * are in lower case already, but for what operators made of them, such as `NaN`.
   */
  evaluate(rule: unknown, scope: RuleScope, data: unknown): unknown {
    const whole: WholeRule = { parts: 0, problems: [], fold: (value) => value };
    const { run } = new LogicPlace(this.operators, whole, this.isTop, 0).part(rule);
    scope.spend(whole.parts);
    return run(scope, data);
  }

  /** What is data in the rule as rules see it. */
  fold(data: unknown): unknown {
    return this.whole.fold(data);
  }

  private list(items: readonly unknown[]): Part {
    const parts = items.map((item) => this.part(item));
    const runs = parts.map(({ run }) => run);
    const run: Expression = (scope, data) => runs.map((item) => item(scope, data));
    if (parts.some((part) => part.literal === undefined)) return { run, literal: undefined };
    const value = parts.map((part) => part.literal?.value);
    // Within a body the list is another one for each item, and no two of them are equal.
    return { run: this.isTop ? () => value : run, literal: { value } };
  }

  private operation(name: string, operands: readonly unknown[]): Part {
    const compile = this.operators.get(name);
    if (compile !== undefined) return { run: compile(operands, this), literal: undefined };
    const problem = `${JSON.stringify(name)} is no operator`;
    this.whole.problems.push(problem);
    const run = () => {
      throw new TypeError(problem);
    };
    return { run, literal: undefined };
  }
}

function literal(value: unknown): Part {
  return { run: () => value, literal: { value } };
}
