import type { Expression, LogicDialect, OperatorCompiler } from '@halyard/core';
import { compileLogic, isJsonObject, readsWholeData } from '@halyard/core';
import { FLAGD_DIALECT, FLAGD_OPERATORS } from '../dialect.ts';

/** Rules larger than this, with every reference written out, are refused. */
const MAX_PARTS = 100_000;

/**
 * Operators that evaluate their operands against their own data and only test them or hand them on.
 * With fewer operands than given here, the engine evaluates them in another way.
 */
const CONTROL: ReadonlyMap<string, number> = new Map([
  ['if', 3],
  ['?:', 3],
  ['and', 1],
  ['or', 1],
  ['!', 1],
  ['!!', 1],
]);

/**
 * A document's `$evaluators`. References to them may be anywhere within a rule, arguments included, and
 * evaluators may refer to each other in any order.
 *
 * Where a reference stands for a condition, the evaluator is compiled once for all flags, and bulk
 * evaluation evaluates it once for all of them; anywhere else its rule is put in the reference's place.
 */
export class Evaluators {
  /** The dialect in which expanded rules compile. */
  readonly dialect: LogicDialect;
  private readonly rules: ReadonlyMap<string, unknown>;
  private readonly expanded = new Map<string, { readonly rule: unknown; readonly parts: number }>();
  private readonly shareable = new Map<string, boolean>();
  private readonly shared = new Map<string, Expression>();
  private parts = 0;

  constructor(rules: unknown) {
    this.rules = new Map(isJsonObject(rules) ? Object.entries(rules) : []);
    const reference: OperatorCompiler = (name) => this.refer(name);
    this.dialect = {
      ...FLAGD_DIALECT,
      operators: new Map([...FLAGD_OPERATORS, ['$ref', reference]]),
    };
  }

  /** The evaluators as written. */
  entries(): Iterable<readonly [name: string, rule: unknown]> {
    return this.rules;
  }

  has(name: string): boolean {
    return this.rules.has(name);
  }

  /** The evaluators that a definition refers to, directly or through one another, by name. */
  usedBy(definition: unknown): Readonly<Record<string, unknown>> {
    const used = new Map<string, unknown>();
    const collect = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return;
      const name = isReference(part) ? part.$ref : undefined;
      if (typeof name === 'string' && this.rules.has(name) && !used.has(name)) {
        used.set(name, this.rules.get(name));
        collect(used.get(name));
      }
      Object.values(part).forEach(collect);
    };
    collect(definition);
    return Object.fromEntries(used);
  }

  /**
   * The rule with its references replaced, save those that are compiled once for all flags. Parts in
   * which nothing is replaced stay the same objects. Throws when there is no evaluator for a reference,
   * when evaluators refer to each other in a circle, and when the rule becomes too large.
   */
  expand(rule: unknown): unknown {
    this.parts = 0;
    return this.replace(rule, [], true);
  }

  private replace(rule: unknown, within: readonly string[], isCondition: boolean): unknown {
    if (typeof rule !== 'object' || rule === null) return rule;
    this.count(1);
    if (isReference(rule)) {
      const name = this.nameIn(rule);
      return isCondition && this.isShareable(name) ? rule : this.evaluator(name, within);
    }
    if (Array.isArray(rule)) return this.replaceEach(rule, within, false);
    let copy: Map<string, unknown> | undefined;
    for (const key in rule) {
      const part = (rule as Record<string, unknown>)[key];
      const replaced =
        isCondition && holdsConditions(key, part)
          ? this.replaceEach(part, within, true)
          : this.replace(part, within, false);
      if (replaced === part) continue;
      copy ??= new Map(Object.entries(rule));
      copy.set(key, replaced);
    }
    return copy === undefined ? rule : Object.fromEntries(copy);
  }

  private replaceEach(
    rules: readonly unknown[],
    within: readonly string[],
    areConditions: boolean,
  ): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let i = 0; i < rules.length; i++) {
      const replaced = this.replace(rules[i], within, areConditions);
      if (replaced === rules[i]) continue;
      copy ??= [...rules];
      copy[i] = replaced;
    }
    return copy ?? rules;
  }

  /** An evaluator's rule with all its references replaced. */
  private evaluator(name: string, within: readonly string[]): unknown {
    const known = this.expanded.get(name);
    if (known !== undefined) {
      this.count(known.parts);
      return known.rule;
    }
    if (within.includes(name)) {
      const circle = [...within.slice(within.indexOf(name)), name].join(' → ');
      throw new Error(`evaluators refer to each other in a circle: ${circle}`);
    }
    const before = this.parts;
    const rule = this.replace(this.rules.get(name), [...within, name], false);
    this.expanded.set(name, { rule, parts: this.parts - before });
    return rule;
  }

  private count(parts: number): void {
    this.parts += parts;
    if (this.parts > MAX_PARTS) {
      throw new Error(`the rule has more than ${MAX_PARTS} parts once its references are replaced`);
    }
  }

  /**
   * Whether an evaluator may stay a rule of its own: it must be an operator, for else it may stand for
   * anything; its answer must depend on the data, for the engine treats constants in another way; and
   * it must not need data that is made for one flag.
   */
  private isShareable(name: string): boolean {
    let answer = this.shareable.get(name);
    if (answer === undefined) {
      const rule = this.evaluator(name, []);
      answer = isJsonObject(rule) && readsVariables(rule) && !readsWholeData(rule, FLAGD_DIALECT);
      this.shareable.set(name, answer);
    }
    return answer;
  }

  /** The name in a reference; throws when there is no such evaluator. */
  private nameIn({ $ref: name }: Reference): string {
    if (typeof name === 'string' && this.rules.has(name)) return name;
    throw new Error(unknownReference(name));
  }

  private refer(name: unknown): Expression {
    const known = this.nameIn({ $ref: name });
    let expression = this.shared.get(known);
    if (expression === undefined) {
      const rule = this.evaluator(known, []);
      expression = compileLogic(rule, FLAGD_DIALECT, `$evaluators.${known}`);
      if (!dependsOnFlag(rule)) expression = answeredOnce(expression, this.shared.size);
      this.shared.set(known, expression);
    }
    return expression;
  }
}

interface Reference {
  readonly $ref: unknown;
}

/** Whether a rule is `{ "$ref": … }` and nothing else. */
function isReference(rule: object): rule is Reference {
  return Object.hasOwn(rule, '$ref') && !Array.isArray(rule) && Object.keys(rule).length === 1;
}

/** What is said about a reference to no evaluator. */
export function unknownReference(name: unknown): string {
  return `refers to ${JSON.stringify(name)}, which is not among the $evaluators. Define it there, or correct the name.`;
}

function holdsConditions(operator: string, operands: unknown): operands is readonly unknown[] {
  const fewest = CONTROL.get(operator);
  return fewest !== undefined && Array.isArray(operands) && operands.length >= fewest;
}

/** Whether a rule has a variable, so that the engine does not evaluate it while compiling. */
function readsVariables(rule: unknown): boolean {
  return anyPart(rule, (operator) => operator === 'var' || operator === 'missing');
}

/** Whether a rule may answer differently for two flags in the same context. */
function dependsOnFlag(rule: unknown): boolean {
  return anyPart(rule, (operator, args) => {
    if (operator === 'fractional') return !hasOwnBucketKey(args);
    return (
      (operator === 'var' || operator === 'val') && JSON.stringify(args ?? null).includes('$flagd')
    );
  });
}

/** Whether a test holds for any operator within a rule. */
function anyPart(rule: unknown, test: (operator: string, args: unknown) => boolean): boolean {
  if (typeof rule !== 'object' || rule === null) return false;
  if (Array.isArray(rule)) {
    for (let i = 0; i < rule.length; i++) {
      if (typeof rule[i] === 'object' && anyPart(rule[i], test)) return true;
    }
    return false;
  }
  for (const key in rule) {
    const args = (rule as Record<string, unknown>)[key];
    if (test(key, args) || anyPart(args, test)) return true;
  }
  return false;
}

/** Whether a rollout's bucket key is a text whatever the context, so that the flag's key is not in it. */
function hasOwnBucketKey(args: unknown): boolean {
  const key: unknown = Array.isArray(args) ? args[0] : undefined;
  return typeof key === 'string' || (isJsonObject(key) && Object.hasOwn(key, 'cat'));
}

/** Keeps the answer in the scope's state where bulk evaluation has put room for it. */
function answeredOnce(expression: Expression, slot: number): Expression {
  return (data, frame) => {
    const answers = frame.scope.state as unknown[] | undefined;
    if (answers === undefined) return expression(data, frame);
    let answer = answers[slot];
    // An answer may itself be undefined; it is then computed again.
    if (answer === undefined) {
      answer = expression(data, frame);
      answers[slot] = answer;
    }
    return answer;
  };
}
