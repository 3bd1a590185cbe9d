import { parseDateTime, parseMilliseconds } from './date-times.ts';
import type { OperatorCompiler } from './logic.ts';
import { variadic } from './operands.ts';
import { compareVersions, parseVersion } from './versions.ts';

/** `semver_compare`: `[version, symbol, version]`. What is no version stands in no order to any. */
export const semverCompare = comparing({
  read: parseVersion,
  readTarget: parseVersion,
  compare: compareVersions,
});

/** `datetime_compare`: `[date and time, symbol, Unix milliseconds]`, in whole seconds. */
export const datetimeCompare = comparing({
  read: parseDateTime,
  readTarget: parseMilliseconds,
  compare: (actual, target) => actual - target,
});

/** Things that have an order. */
interface Ordered<T> {
  /** Undefined for what is none of them. */
  readonly read: (actual: unknown) => T | undefined;
  readonly readTarget: (target: unknown) => T | undefined;
  readonly compare: (actual: T, target: T) => number;
}

function comparing<T>({ read, readTarget, compare }: Ordered<T>): OperatorCompiler {
  const holds = (actual: unknown, symbol: unknown, target: T | undefined): boolean => {
    if (target === undefined) return false;
    const given = read(actual);
    return given !== undefined && isInOrder(compare(given, target), symbol);
  };
  const computed = variadic((values) => {
    const [actual, symbol, target] = values;
    return values.length === 3 && holds(actual, symbol, readTarget(target));
  });
  return (operands, place) => {
    const target = place.part(operands[2]).literal;
    if (operands.length !== 3 || target === undefined) return computed(operands, place);
    const actual = place.part(operands[0]).run;
    const symbol = place.part(operands[1]).run;
    // The usual form: the target is read once.
    const known = readTarget(target.value);
    return (scope, data) => holds(actual(scope, data), symbol(scope, data), known);
  };
}

/** Whether an order is the one that a symbol says; never, for symbols that say none. */
function isInOrder(order: number, symbol: unknown): boolean {
  switch (symbol) {
    case '===':
      return order === 0;
    case '!==':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return false;
  }
}
