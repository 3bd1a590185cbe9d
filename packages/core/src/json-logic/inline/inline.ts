import { unknownOperator } from '../check.ts';
import { aboveOf } from '../environment.ts';
import { joinPath } from '../error.ts';
import { argumentsFault, BuildFault } from '../fault.ts';
import { evaluateConstant } from '../interpreted/interpret.ts';
import { STANDARD_OPERATORS } from '../operators.ts';
import {
  computed,
  constantList,
  folded,
  isConstant,
  literal,
  type Part,
  type Scope,
} from '../scope.ts';
import type { OperatorCompiler } from '../types.ts';
import { argumentList } from '../values/bounds.ts';
import { CLIMBING_OPERATORS, EAGER_OPERATORS } from '../values/operators.ts';
import { INLINE_OPERATORS } from './inline-operators.ts';

/** Compiles an operand as json-logic-engine's compiled mode evaluates it. */
export function inline(rule: unknown, scope: Scope, path: string): Part {
  if (typeof rule !== 'object' || rule === null) return literal(rule);
  if (Array.isArray(rule)) return inlineList(rule, scope, path);
  const keys = Object.keys(rule);
  const [name] = keys;
  if (name === undefined || name === '') return literal(rule);
  scope.compilation.spend(path);
  const args = (rule as Record<string, unknown>)[name];
  const inner = joinPath(path, name);
  const custom = scope.compilation.operators.get(name);
  if (custom !== undefined && keys.length === 1) return inlineCustom(custom, args, scope, inner);
  if (!STANDARD_OPERATORS.has(name) || keys.length > 1) {
    throw new BuildFault({ type: 'Unknown Operator', key: name }, unknownOperator(name), path);
  }
  if (scope.compilation.isDeterministic(rule, inner)) {
    return folded(evaluateConstant(rule, scope.compilation, path));
  }
  return inlineOperator(name, args, scope, inner);
}

function inlineOperator(name: string, args: unknown, scope: Scope, path: string): Part {
  const lazy = STANDARD_OPERATORS.get(name)?.lazy === true;
  const wrapped = !lazy && (typeof args !== 'object' || args === null) ? [args] : args;
  const part = INLINE_OPERATORS.get(name)?.(wrapped, scope, path);
  if (part !== undefined) return part;
  if (lazy) return scope.compilation.interpretLazily(name, args, scope, path);
  return inlineCall(name, wrapped, scope, path);
}

/** A list written in place. */
function inlineList(rules: readonly unknown[], scope: Scope, path: string): Part {
  const parts = rules.map((rule, i) => inline(rule, scope, `${path}[${i}]`));
  if (parts.every(isConstant)) return constantList(parts.map((part) => part.value));
  const items = parts.map((part) => part.run);
  const run = (data: unknown, frame: Parameters<Part['run']>[1]) =>
    items.map((item) => item(data, frame));
  return computed(run, { bracketed: true });
}

/** An eager operator called with its evaluated arguments. */
function inlineCall(name: string, args: unknown, scope: Scope, path: string): Part {
  const call = EAGER_OPERATORS.get(name);
  if (call === undefined) throw argumentsFault(`something ${name} can evaluate`, path);
  if (CLIMBING_OPERATORS.has(name)) scope.fn.usesAbove = true;
  const unary = STANDARD_OPERATORS.get(name)?.unary === true;
  const single = unary && Array.isArray(args) && args.length === 1 && !Array.isArray(args[0]);
  const operand: unknown = single ? args[0] : args;
  const { run } = inline(operand, scope, single ? `${path}[0]` : path);
  if (unary || Array.isArray(operand)) {
    return computed((data, frame) => call(run(data, frame), data, aboveOf(frame)));
  }
  return computed((data, frame) => call(argumentList(run(data, frame)), data, aboveOf(frame)));
}

/** One of the dialect's own operators. */
function inlineCustom(compile: OperatorCompiler, args: unknown, scope: Scope, path: string): Part {
  const expression = compile(
    args,
    (rule, step) => inline(rule, scope, joinPath(path, step)).run,
    path,
  );
  return computed(expression);
}
