import { splitPath } from './paths.ts';
import type { LogicDialect } from './types.ts';

const ITERATORS = new Set(['map', 'filter', 'reduce', 'all', 'every', 'none', 'some']);
/** Operators whose arguments, as written, are names of properties of the data. */
const READERS = new Set(['var', 'val', 'missing', 'missing_some', 'exists']);

/**
 * Whether a rule might see a variable that the dialect injects other than by naming it outright: by
 * taking the whole data, by a path that is known only at run time, by climbing out of an iteration. Its
 * data must then hold what {@link LogicDialect.variable} answers. Injected variables have names that
 * begin with `$`. Errs on the side of true.
 */
export function readsWholeData(rule: unknown, dialect: LogicDialect = {}): boolean {
  return mightSee(rule, dialect, true);
}

/** `atTop`: the rule's data is the top-level data, not an item of a list. */
function mightSee(rule: unknown, dialect: LogicDialect, atTop: boolean): boolean {
  if (typeof rule !== 'object' || rule === null) return false;
  if (Array.isArray(rule)) return rule.some((part) => mightSee(part, dialect, atTop));
  const [entry] = Object.entries(rule as Record<string, unknown>);
  if (entry === undefined || entry[0] === 'preserve') return false;
  const [operator, args] = entry;
  if (READERS.has(operator)) return readerMightSee(operator, args, dialect, atTop);
  if (!ITERATORS.has(operator)) return mightSee(args, dialect, atTop);
  if (!Array.isArray(args)) return true;
  const [list, body, ...rest] = args as unknown[];
  return (
    mightSee(list, dialect, atTop) ||
    mightSee(body, dialect, false) ||
    rest.some((part) => mightSee(part, dialect, atTop))
  );
}

function readerMightSee(
  operator: string,
  args: unknown,
  dialect: LogicDialect,
  atTop: boolean,
): boolean {
  const list = Array.isArray(args) ? (args as unknown[]) : [args];
  if (operator === 'var') {
    const [path, ...defaults] = list;
    return pathMightSee(path, dialect, atTop) || mightSee(defaults, dialect, atTop);
  }
  if (operator === 'val' || operator === 'exists') {
    const names = list.every((name) => typeof name === 'string' || typeof name === 'number');
    if (!names || list.length === 0) return true;
    const [first, ...others] = list.map(String);
    if (!atTop || first?.startsWith('$') !== true) return false;
    return dialect.variable?.([first, ...others].join('.')) === undefined;
  }
  // Whether a name is missing is asked of the data itself, so a name that is injected must be in it.
  const text = JSON.stringify(list);
  return text.includes('$') || text.includes('../') || text.includes('{');
}

function pathMightSee(path: unknown, dialect: LogicDialect, atTop: boolean): boolean {
  if (path === null || path === undefined || path === '') return atTop;
  if (typeof path === 'number') return false;
  if (typeof path !== 'string' || path.includes('../')) return true;
  if (!atTop || splitPath(path)[0]?.startsWith('$') !== true) return false;
  return dialect.variable?.(path) === undefined;
}
