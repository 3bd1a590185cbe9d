import { unknownOperator } from './check.ts';
import { argumentsFault, BuildFault, shapeFault } from './fault.ts';
import { STANDARD_OPERATORS } from './operators.ts';
import type { OperatorCompiler } from './types.ts';

/** The rule stands inside an iterator whose list is constant: its variables are constant too. */
const IN_ITERATOR = 1;
/** The rule stands inside `try`: throwing is a result. */
const IN_TRY = 2;

type Operators = ReadonlyMap<string, OperatorCompiler>;

/**
 * Decides which parts of a rule always give the same value, as json-logic-engine does: those are
 * evaluated once, while compiling. Looks only as far as the engine looks (a list is left at its first
 * variable part). The answers are kept, so that asking about every part of a rule stays linear.
 */
export class Determinism {
  private readonly operators: Operators;
  /** Per rule: two bits for each combination of surroundings, "known" and "deterministic". */
  private readonly answers = new Map<object, number>();

  constructor(operators: Operators) {
    this.operators = operators;
  }

  /** Whether `rule`, at the top or inside operators that do not change the data, is deterministic. */
  of(rule: unknown): boolean {
    return this.within(rule, 0);
  }

  private within(rule: unknown, surroundings: number): boolean {
    if (typeof rule !== 'object' || rule === null) return true;
    const shift = surroundings * 2;
    const answers = this.answers.get(rule) ?? 0;
    const known = (answers >> shift) & 3;
    if (known !== 0) return known === 3;
    const answer = Array.isArray(rule)
      ? rule.every((item) => this.within(item, surroundings))
      : this.operator(rule as Record<string, unknown>, surroundings);
    const latest = this.answers.get(rule) ?? 0;
    this.answers.set(rule, latest | ((answer ? 3 : 1) << shift));
    return answer;
  }

  private operator(rule: Record<string, unknown>, surroundings: number): boolean {
    const [name] = Object.keys(rule);
    if (name === undefined) return true;
    if (this.operators.has(name)) return false;
    if (!STANDARD_OPERATORS.has(name)) {
      throw new BuildFault({ type: 'Unknown Operator', key: name }, unknownOperator(name));
    }
    const decide = SPECIAL.get(name);
    return decide === undefined
      ? this.within(rule[name], surroundings)
      : decide(rule[name], surroundings, this.inner);
  }

  private readonly inner: Inner = {
    within: (rule, surroundings) => this.within(rule, surroundings),
    callsDialect: (args) => this.operators.size > 0 && callsDialect(args, this.operators),
  };
}

interface Inner {
  within(rule: unknown, surroundings: number): boolean;
  callsDialect(args: unknown): boolean;
}

type Decide = (args: unknown, surroundings: number, inner: Inner) => boolean;

const SPECIAL: ReadonlyMap<string, Decide> = new Map<string, Decide>([
  ['preserve', () => true],
  ['exists', () => false],
  ['missing_some', () => false],
  ['missing', (args) => Array.isArray(args) && args.length === 0],
  ['throw', (args, at, inner) => (at & IN_TRY) !== 0 && inner.within(args, at)],
  ['var', isVariableDeterministic],
  ['val', isValueDeterministic],
  ...['map', 'filter', 'reduce', 'some', 'all', 'every', 'none'].map((name): [string, Decide] => [
    name,
    isIterationDeterministic,
  ]),
  ['pipe', isPipeDeterministic],
  ['try', isTryDeterministic],
  ['eachKey', isEachKeyDeterministic],
]);

function isVariableDeterministic(args: unknown, at: number, inner: Inner): boolean {
  if ((at & IN_ITERATOR) === 0 || String(args).includes('../../')) return false;
  // The engine does not look at the arguments here. Ours does at the dialect's own operators: they
  // must not be evaluated while compiling.
  return !inner.callsDialect(args);
}

function isValueDeterministic(args: unknown, at: number, inner: Inner): boolean {
  if ((at & IN_ITERATOR) === 0 || inner.callsDialect(args)) return false;
  const climb: unknown = Array.isArray(args) ? args[0] : undefined;
  return !(Array.isArray(climb) && Math.abs(climb[0] as number) >= 2);
}

function isIterationDeterministic(args: unknown, at: number, inner: Inner): boolean {
  return (
    inner.within(argumentOf(args, 0, 'a list and a rule'), at) &&
    inner.within(argumentOf(args, 1, 'a list and a rule'), at | IN_ITERATOR)
  );
}

function isPipeDeterministic(args: unknown, at: number, inner: Inner): boolean {
  if (!Array.isArray(args)) return false;
  const [first, ...rest] = args as unknown[];
  return inner.within(first, at) && rest.every((stage) => inner.within(stage, at | IN_ITERATOR));
}

function isTryDeterministic(args: unknown, at: number, inner: Inner): boolean {
  return (
    inner.within(argumentOf(args, 0, 'a list of alternatives'), at | IN_TRY) &&
    inner.within(args, at | IN_ITERATOR | IN_TRY)
  );
}

function isEachKeyDeterministic(args: unknown, at: number, inner: Inner): boolean {
  if (typeof args !== 'object' || args === null) throw argumentsFault('an object of rules');
  return Object.values(args).every((rule) => inner.within(rule, at));
}

function argumentOf(args: unknown, position: 0 | 1, expected: string): unknown {
  if (args === null || args === undefined) throw shapeFault(expected);
  if (typeof args === 'string') return args.charAt(position);
  return Object.hasOwn(args, position) ? (args as readonly unknown[])[position] : undefined;
}

/** Whether one of the dialect's own operators occurs anywhere in these arguments. */
function callsDialect(rule: unknown, operators: Operators): boolean {
  if (typeof rule !== 'object' || rule === null) return false;
  if (Array.isArray(rule)) return rule.some((item) => callsDialect(item, operators));
  return Object.entries(rule).some(
    ([key, args]) => operators.has(key) || callsDialect(args, operators),
  );
}
