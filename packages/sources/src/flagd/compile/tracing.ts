import type { Expression, JsonValue, LogicDialect, OperatorCompiler } from '@halyard/core';
import { isTruthy } from '@halyard/core';
import { typeName } from '../wire.ts';

/** The dialect with conditionals and references that write down what they tried. */
export function tracing(dialect: LogicDialect): LogicDialect {
  const operators = new Map(dialect.operators);
  operators.set('if', compileTracedIf).set('?:', compileTracedIf);
  const refer = dialect.operators?.get('$ref');
  if (refer !== undefined) {
    operators.set('$ref', (name, compile, path) => {
      const expression = refer(name, compile, path);
      return (data, frame) => {
        const outcome = expression(data, frame);
        const [matched, detail] = [isTruthy(outcome), printable(outcome)];
        frame.scope.trace?.push({ kind: 'segment', path: `$evaluators.${name}`, matched, detail });
        return outcome;
      };
    });
  }
  return { ...dialect, operators };
}

const compileTracedIf: OperatorCompiler = (args, compile, path) => {
  const operands = Array.isArray(args) ? args : [args];
  const parts = operands.map((part: unknown, i) => compile(part, `[${i}]`));
  return (data, frame) => {
    const run = (part: Expression, i: number, decides: boolean): unknown => {
      const outcome = part(data, frame);
      const matched = decides || isTruthy(outcome);
      const detail = printable(outcome);
      frame.scope.trace?.push({ kind: 'rule', path: `${path}[${i}]`, matched, detail });
      return outcome;
    };
    for (let i = 0; i < parts.length; i += 2) {
      const [condition, branch] = parts.slice(i, i + 2);
      if (condition === undefined) break;
      // A last operand without a branch of its own is the "else".
      if (branch === undefined) return run(condition, i, true);
      if (isTruthy(run(condition, i, false))) return run(branch, i + 1, true);
    }
    return null;
  };
};

/** An outcome as a trace can carry it: lists and objects, which may be anything, by their type. */
function printable(outcome: unknown): JsonValue {
  switch (typeof outcome) {
    case 'boolean':
    case 'number':
    case 'string':
      return outcome;
    case 'object':
      return outcome === null ? null : typeName(outcome);
    default:
      return outcome === undefined ? null : typeof outcome;
  }
}
