import { equal, isLess } from './compare.ts';
import { follow } from './data.ts';
import type { Evaluation } from './evaluation.ts';
import { FUNCTIONS, type FunctionExtension, type ParameterType } from './functions.ts';
import {
  type Argument,
  type Comparable,
  type Comparison,
  type ComparisonOperator,
  type FunctionCall,
  type Logical,
  type QueryNode,
  type SingularPath,
  singularPathOf,
} from './query-tree.ts';
import { type CompileSegments, collect, findFirst } from './walk.ts';

/** Whether the item a filter is looking at passes. */
export type Test = (current: unknown, evaluation: Evaluation) => boolean;

/** A value for the item a filter is looking at; undefined is Nothing. For nodes, an array of values. */
type Operand = (current: unknown, evaluation: Evaluation) => unknown;

type Compare = (left: unknown, right: unknown, evaluation: Evaluation) => boolean;

/** RFC 9535, section 2.3.5.2.2: all six in terms of equality and "less than". */
const COMPARISONS: Readonly<Record<ComparisonOperator, Compare>> = {
  '==': equal,
  '!=': (left, right, evaluation) => !equal(left, right, evaluation),
  '<': isLess,
  '>': (left, right) => isLess(right, left),
  '<=': (left, right, evaluation) => isLess(left, right) || equal(left, right, evaluation),
  '>=': (left, right, evaluation) => isLess(right, left) || equal(left, right, evaluation),
};

/**
 * Compiles the expression of a filter, of a query known to be valid.
 *
 * @param compileSegments Compiles the queries within it.
 */
export function compileFilter(condition: Logical, compileSegments: CompileSegments): Test {
  return new FilterCompiler(compileSegments).test(condition);
}

class FilterCompiler {
  private readonly compileSegments: CompileSegments;

  constructor(compileSegments: CompileSegments) {
    this.compileSegments = compileSegments;
  }

  test(node: Logical): Test {
    switch (node.kind) {
      case 'or':
        return anyOf(node.operands.map((operand) => this.test(operand)));
      case 'and':
        return allOf(node.operands.map((operand) => this.test(operand)));
      case 'not':
        return not(this.test(node.operand));
      case 'group':
        return this.test(node.operand);
      case 'comparison':
        return this.comparison(node);
      case 'query':
        return this.existence(node);
      case 'call': {
        const call = this.call(node);
        return (current, evaluation) => call(current, evaluation) === true;
      }
    }
  }

  private comparison({ operator, left, right }: Comparison): Test {
    const compare = COMPARISONS[operator];
    const first = this.value(left);
    const second = this.value(right);
    return (current, evaluation) => {
      evaluation.step(1);
      return compare(first(current, evaluation), second(current, evaluation), evaluation);
    };
  }

  private existence(query: QueryNode): Test {
    const path = singularPathOf(query);
    const find = path === undefined ? this.search(query) : reader(query, path);
    return (current, evaluation) => {
      evaluation.step(1);
      return find(current, evaluation) !== undefined;
    };
  }

  private value(node: Comparable): Operand {
    switch (node.kind) {
      case 'literal':
        return () => node.value;
      case 'query':
        return reader(node, singularPathOf(node) ?? []);
      case 'call':
        return this.call(node);
    }
  }

  private call({ name, args }: FunctionCall): Operand {
    const { parameters, bind } = FUNCTIONS.get(name) as FunctionExtension;
    const operands = parameters.map((type, i) => this.argument(args[i] as Argument, type));
    const call = bind();
    return (current, evaluation) => {
      const values = operands.map((operand) => operand(current, evaluation));
      return call(values, evaluation);
    };
  }

  private argument(argument: Argument, type: ParameterType): Operand {
    return type === 'nodes'
      ? this.nodes(argument as QueryNode)
      : this.value(argument as Comparable);
  }

  private search({ origin, segments }: QueryNode): Operand {
    const walk = this.compileSegments(segments);
    return (current, evaluation) =>
      findFirst(walk, origin === '$' ? evaluation.root : current, evaluation);
  }

  private nodes({ origin, segments }: QueryNode): Operand {
    const walk = this.compileSegments(segments);
    return (current, evaluation) =>
      collect(walk, origin === '$' ? evaluation.root : current, evaluation);
  }
}

/** The value a singular query leads to. */
function reader({ origin }: QueryNode, path: SingularPath): Operand {
  return (current, evaluation) => {
    evaluation.step(path.length);
    return follow(origin === '$' ? evaluation.root : current, path);
  };
}

function anyOf(tests: readonly Test[]): Test {
  return (current, evaluation) => tests.some((test) => test(current, evaluation));
}

function allOf(tests: readonly Test[]): Test {
  return (current, evaluation) => tests.every((test) => test(current, evaluation));
}

function not(test: Test): Test {
  return (current, evaluation) => !test(current, evaluation);
}
