import { messageOf } from '../errors.ts';
import { checkLogic } from './check.ts';
import { Determinism } from './determinism.ts';
import { Environment, NOTHING_ABOVE } from './environment.ts';
import { joinPath, LogicError } from './error.ts';
import { BuildFault } from './fault.ts';
import { inlineFunction } from './inline/body.ts';
import { inline } from './inline/inline.ts';
import { interpret } from './interpreted/interpret.ts';
import { interpretLazily } from './interpreted/lazy-operators.ts';
import type { Compilation } from './scope.ts';
import type { Expression, LogicDialect, OperatorCompiler } from './types.ts';

/** A rule of more operators than this does not compile; some operators count several times. */
const MAX_OPERATORS = 100_000;

const NO_OPERATORS: ReadonlyMap<string, OperatorCompiler> = new Map();

/**
 * Compiles a JSON Logic rule to an expression, without generating code. Rules evaluate exactly as
 * `new LogicEngine().build(rule)` of json-logic-engine 5.0.7 has them, except that only own properties
 * are ever read and that an operator nobody knows is an error wherever it stands.
 *
 * The expression throws what the rule throws at run time, and whatever the data throws when it is read.
 * A custom operator has to hand on the frame it was given to the expressions it compiled.
 *
 * @param path Where the rule stands in its document; begins the paths of errors.
 * @throws LogicError when the rule does not compile: an unknown operator, several operators in one
 *   object, too deep a nesting, arguments no evaluation could use, a constant part that throws.
 */
export function compileLogic(rule: unknown, dialect: LogicDialect = {}, path = ''): Expression {
  const [problem] = checkLogic(rule, dialect);
  if (problem !== undefined) throw new LogicError(joinPath(path, problem.path), problem.message);
  const compilation = newCompilation(dialect);
  try {
    const scope = { compilation, atTop: true, index: 'none', lenient: false } as const;
    const { part, fn } = inlineFunction(rule, scope, path);
    const { run } = part;
    if (!fn.needsEnvironment) return run;
    return (data, frame) => run(data, new Environment(frame, NOTHING_ABOVE));
  } catch (error) {
    throw logicErrorFrom(error, path);
  }
}

function newCompilation(dialect: LogicDialect): Compilation {
  const operators = dialect.operators ?? NO_OPERATORS;
  const determinism = new Determinism(operators);
  let spent = 0;
  return {
    operators,
    variable: dialect.variable,
    trackedBodies: new Set(),
    inline,
    interpret,
    interpretLazily,
    isDeterministic: (rule, path) => {
      try {
        return determinism.of(rule);
      } catch (fault) {
        if (fault instanceof BuildFault) fault.path ??= path;
        throw fault;
      }
    },
    spend: (path) => {
      spent++;
      if (spent > MAX_OPERATORS) throw new LogicError(path, tooLarge());
    },
  };
}

function tooLarge(): string {
  return `the rule comes to more than ${MAX_OPERATORS} operators. Split it, or nest "try" less.`;
}

function logicErrorFrom(error: unknown, path: string): LogicError {
  if (error instanceof LogicError) return error;
  if (error instanceof BuildFault) {
    return new LogicError(error.path ?? path, error.message, { cause: error.thrown });
  }
  return new LogicError(path, `the rule does not compile: ${messageOf(error)}`, { cause: error });
}
