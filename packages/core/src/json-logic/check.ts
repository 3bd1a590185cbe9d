import { joinPath, type LogicProblem } from './error.ts';
import { STANDARD_OPERATORS } from './operators.ts';
import type { LogicDialect, OperatorCompiler } from './types.ts';

/** How deep rules may nest when the dialect does not say. */
export const DEFAULT_MAX_DEPTH = 100;

const NO_PROBLEMS: readonly LogicProblem[] = Object.freeze([]);
const NO_OPERATORS: ReadonlyMap<string, OperatorCompiler> = new Map();

/**
 * Checks a rule's structure without compiling it: every operator is known, no operator object has a
 * second key, and nesting stays within `dialect.maxDepth`. One walk that allocates nothing unless it
 * finds a problem, so that whole documents can be checked when they are loaded. A rule that passes may
 * still not compile (a constant part that cannot be evaluated, for example).
 */
export function checkLogic(rule: unknown, dialect: LogicDialect = {}): readonly LogicProblem[] {
  const operators = dialect.operators ?? NO_OPERATORS;
  const maxDepth = dialect.maxDepth ?? DEFAULT_MAX_DEPTH;
  if (isSound(rule, operators, maxDepth)) return NO_PROBLEMS;
  const problems: LogicProblem[] = [];
  report(rule, '', { operators, maxDepth, depthLeft: maxDepth, problems });
  return problems;
}

function isSound(
  rule: unknown,
  operators: ReadonlyMap<string, OperatorCompiler>,
  depthLeft: number,
): boolean {
  if (typeof rule !== 'object' || rule === null) return true;
  if (depthLeft <= 0) return false;
  if (Array.isArray(rule)) return areSound(rule, operators, depthLeft - 1);
  let operator: string | undefined;
  for (const key in rule) {
    if (operator !== undefined) return false;
    operator = key;
  }
  if (operator === undefined || operator === '' || operator === 'preserve') return true;
  if (!STANDARD_OPERATORS.has(operator) && !operators.has(operator)) return false;
  const args = (rule as Record<string, unknown>)[operator];
  if (Array.isArray(args)) return areSound(args, operators, depthLeft - 1);
  if (operator !== 'eachKey' || typeof args !== 'object' || args === null) {
    return isSound(args, operators, depthLeft - 1);
  }
  return areSound(Object.values(args), operators, depthLeft - 1);
}

function areSound(
  rules: readonly unknown[],
  operators: ReadonlyMap<string, OperatorCompiler>,
  depthLeft: number,
): boolean {
  for (let i = 0; i < rules.length; i++) {
    if (!isSound(rules[i], operators, depthLeft)) return false;
  }
  return true;
}

interface Inspection {
  readonly operators: ReadonlyMap<string, OperatorCompiler>;
  readonly maxDepth: number;
  readonly problems: LogicProblem[];
  depthLeft: number;
}

/** The second walk, taken only when the first found that something is wrong: finds what and where. */
function report(rule: unknown, path: string, inspection: Inspection): void {
  if (typeof rule !== 'object' || rule === null) return;
  if (inspection.depthLeft <= 0) {
    inspection.problems.push({ path, message: tooDeep(inspection.maxDepth) });
    return;
  }
  inspection.depthLeft--;
  if (Array.isArray(rule)) reportEach(rule, path, inspection);
  else reportOperator(rule as Record<string, unknown>, path, inspection);
  inspection.depthLeft++;
}

function reportOperator(rule: Record<string, unknown>, path: string, inspection: Inspection): void {
  const keys = Object.keys(rule);
  const [operator] = keys;
  if (operator === undefined || operator === '') return;
  if (keys.length > 1) inspection.problems.push({ path, message: severalKeys(keys) });
  else if (!STANDARD_OPERATORS.has(operator) && !inspection.operators.has(operator)) {
    inspection.problems.push({ path, message: unknownOperator(operator) });
  } else if (operator !== 'preserve') {
    const args = rule[operator];
    const inner = joinPath(path, operator);
    if (Array.isArray(args)) reportEach(args, inner, inspection);
    else if (operator === 'eachKey' && typeof args === 'object' && args !== null) {
      for (const key of Object.keys(args)) {
        report((args as Record<string, unknown>)[key], joinPath(inner, key), inspection);
      }
    } else report(args, inner, inspection);
  }
}

function reportEach(rules: readonly unknown[], path: string, inspection: Inspection): void {
  for (let i = 0; i < rules.length; i++) report(rules[i], `${path}[${i}]`, inspection);
}

/** The sentence about an operator nobody knows. */
export function unknownOperator(operator: string): string {
  return `unknown operator ${JSON.stringify(operator)}. Expected a JSON Logic operator or one of the dialect's own; check its spelling, or wrap plain data in {"preserve": …}.`;
}

function severalKeys(keys: readonly string[]): string {
  const names = keys.slice(0, 4).map((key) => JSON.stringify(key));
  const list = keys.length > 4 ? `${names.join(', ')}, …` : names.join(', ');
  return `an operator object has exactly one key, this one has ${keys.length} (${list}). Combine the conditions with "and" or "or", or wrap plain data in {"preserve": …}.`;
}

function tooDeep(maxDepth: number): string {
  return `the rule nests deeper than ${maxDepth} operators. Flatten it ("if" takes any number of conditions), or raise the dialect's maxDepth.`;
}
