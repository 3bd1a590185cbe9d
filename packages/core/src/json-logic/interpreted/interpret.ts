import { unknownOperator } from '../check.ts';
import { aboveOf } from '../environment.ts';
import { joinPath } from '../error.ts';
import { BuildFault } from '../fault.ts';
import { STANDARD_OPERATORS } from '../operators.ts';
import {
  type Compilation,
  computed,
  exactly,
  FunctionScope,
  isConstant,
  type Part,
  type Scope,
} from '../scope.ts';
import { argumentList } from '../values/bounds.ts';
import { CLIMBING_OPERATORS, EAGER_OPERATORS, type EagerOperator } from '../values/operators.ts';
import { evaluateNow } from './evaluate-now.ts';
import { idiom } from './idioms.ts';
import { interpretLazily } from './lazy-operators.ts';
import { interpretVariable, interpretWithDefault } from './variables.ts';

/**
 * Compiles an operand as json-logic-engine's interpreter evaluates it. The engine's compiled mode turns
 * to its interpreter for constants, for operators without text of their own, and for some shapes of
 * arguments (an `if` with two of them, for example), and the two differ in details.
 */
export function interpret(rule: unknown, scope: Scope, path: string): Part {
  if (typeof rule !== 'object' || rule === null) return exactly(rule);
  if (Array.isArray(rule)) return interpretList(rule, scope, path);
  const keys = Object.keys(rule);
  const [name] = keys;
  if (name === undefined) return exactly(rule);
  scope.compilation.spend(path);
  const args = (rule as Record<string, unknown>)[name];
  const inner = joinPath(path, name);
  const custom = scope.compilation.operators.get(name);
  if (custom !== undefined && keys.length === 1) {
    return computed(
      custom(args, (nested, step) => nestedRun(nested, scope, joinPath(inner, step)), inner),
    );
  }
  if (!STANDARD_OPERATORS.has(name) || keys.length > 1) {
    throw new BuildFault({ type: 'Unknown Operator', key: name }, unknownOperator(name), path);
  }
  const shape = idiom(name, args, scope, inner);
  if (shape?.settled) return shape.part;
  const deterministic = scope.compilation.isDeterministic(rule, inner);
  const part = shape?.part ?? operator(name, args, scope, inner);
  return deterministic ? evaluateNow(part, inner) : part;
}

function nestedRun(rule: unknown, scope: Scope, path: string) {
  return interpret(rule, scope, path).run;
}

function interpretList(rules: readonly unknown[], scope: Scope, path: string): Part {
  const parts = rules.map((rule, i) => interpret(rule, scope, `${path}[${i}]`));
  if (parts.every(isConstant)) return exactly(parts.map((part) => part.value));
  const items = parts.map((part) => part.run);
  return computed((data, frame) => items.map((item) => item(data, frame)));
}

function operator(name: string, args: unknown, scope: Scope, path: string): Part {
  if (!EAGER_OPERATORS.has(name)) return interpretLazily(name, args, scope, path);
  return STANDARD_OPERATORS.get(name)?.unary === true
    ? interpretUnary(name, args, scope, path)
    : interpretListed(name, args, scope, path);
}

/** An operator that takes a single argument bare. */
function interpretUnary(name: string, args: unknown, scope: Scope, path: string): Part {
  const single = Array.isArray(args) && args.length === 1 && !Array.isArray(args[0]);
  const operand: unknown = single ? args[0] : args;
  const part = scope.compilation.interpret(operand, scope, single ? `${path}[0]` : path);
  if ((name === 'var' || name === 'val') && isConstant(part) && !Array.isArray(operand)) {
    return interpretVariable(name, part.value, scope, path);
  }
  const { run } = part;
  if (name === 'var' && Array.isArray(operand)) {
    const variable = interpretWithDefault(operand, run, scope);
    if (variable !== undefined) return variable;
  }
  if (CLIMBING_OPERATORS.has(name)) scope.fn.usesAbove = true;
  const call = EAGER_OPERATORS.get(name) as EagerOperator;
  return computed((data, frame) => call(run(data, frame), data, aboveOf(frame)));
}

/** An operator that takes its arguments as a list, also a single one. */
function interpretListed(name: string, args: unknown, scope: Scope, path: string): Part {
  const call = EAGER_OPERATORS.get(name) as EagerOperator;
  const operand = typeof args === 'object' && args !== null ? args : [args];
  if (CLIMBING_OPERATORS.has(name)) scope.fn.usesAbove = true;
  const { run } = scope.compilation.interpret(operand, scope, path);
  if (Array.isArray(operand)) {
    return computed((data, frame) => call(run(data, frame), data, aboveOf(frame)));
  }
  return computed((data, frame) => call(argumentList(run(data, frame)), data, aboveOf(frame)));
}

/** Evaluates a deterministic rule, away from any data. */
export function evaluateConstant(rule: unknown, compilation: Compilation, path: string): unknown {
  const fn = new FunctionScope(false);
  const scope: Scope = { compilation, fn, atTop: false, index: 'none', lenient: false };
  return evaluateNow(interpret(rule, scope, path), path).value;
}
