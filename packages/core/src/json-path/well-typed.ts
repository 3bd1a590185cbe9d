import { ValidityFault } from './faults.ts';
import { FUNCTIONS, type FunctionExtension, type ParameterType } from './functions.ts';
import {
  type Argument,
  type Comparable,
  type FunctionCall,
  type Logical,
  type QueryNode,
  type Selector,
  singularPathOf,
} from './query-tree.ts';

/**
 * Checks what the grammar leaves open: integers within ±(2^53-1) (RFC 9535, section 2.1), known
 * functions and well-typed calls (section 2.4.3).
 *
 * That only a query of at most one node can be compared is grammar in the RFC; to Flagsmith's parser it
 * is one more type rule, and so it is here.
 *
 * @throws ValidityFault at the first thing that is wrong.
 */
export function checkQuery(query: QueryNode): void {
  for (const { selectors } of query.segments) selectors.forEach(checkSelector);
}

function checkSelector(selector: Selector): void {
  if (selector.kind === 'index') checkInteger(selector.index);
  else if (selector.kind === 'filter') checkLogical(selector.test);
  else if (selector.kind === 'slice') {
    [selector.start, selector.end, selector.step].forEach(checkInteger);
  }
}

function checkInteger(integer: number | undefined): void {
  if (integer === undefined || Number.isSafeInteger(integer)) return;
  throw new ValidityFault(`the integer ${integer} is beyond ±(2^53-1)`);
}

function checkLogical(node: Logical): void {
  switch (node.kind) {
    case 'or':
    case 'and':
      node.operands.forEach(checkLogical);
      break;
    case 'not':
    case 'group':
      checkLogical(node.operand);
      break;
    case 'comparison':
      checkComparable(node.left);
      checkComparable(node.right);
      break;
    case 'query':
      checkQuery(node);
      break;
    case 'call':
      if (checkCall(node).result === 'logical') return;
      throw new ValidityFault(`the result of ${node.name}() is no condition; compare it`);
  }
}

function checkComparable(node: Comparable): void {
  if (node.kind === 'query') checkSingular(node, 'cannot be compared');
  if (node.kind !== 'call' || checkCall(node).result === 'value') return;
  throw new ValidityFault(`the result of ${node.name}() cannot be compared`);
}

function checkSingular(query: QueryNode, problem: string): void {
  checkQuery(query);
  if (singularPathOf(query) !== undefined) return;
  throw new ValidityFault(`a query that may find several nodes ${problem}`);
}

function checkCall({ name, args }: FunctionCall): FunctionExtension {
  const extension = FUNCTIONS.get(name);
  if (extension === undefined) throw new ValidityFault(`there is no function ${name}()`);
  const { parameters } = extension;
  if (args.length !== parameters.length) {
    throw new ValidityFault(
      `${name}() takes ${parameters.length} argument(s), and was given ${args.length}`,
    );
  }
  parameters.forEach((type, i) => {
    checkArgument(args[i] as Argument, type, name);
  });
  return extension;
}

function checkArgument(argument: Argument, type: ParameterType, name: string): void {
  if (type === 'value') checkValue(argument, name);
  else if (argument.kind === 'query') checkQuery(argument);
  else throw new ValidityFault(`${name}() takes a query`);
}

function checkValue(argument: Argument, name: string): void {
  if (argument.kind === 'literal') return;
  if (argument.kind === 'query') checkSingular(argument, `cannot be an argument of ${name}()`);
  else if (argument.kind !== 'call' || checkCall(argument).result !== 'value') {
    throw new ValidityFault(`${name}() takes a value, and was given a condition`);
  }
}
