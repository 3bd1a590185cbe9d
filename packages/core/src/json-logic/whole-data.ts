import { pathOf, splitPath } from './paths.ts';
import type { LogicDialect, OperatorCompiler } from './types.ts';

const NO_OPERATORS: ReadonlyMap<string, OperatorCompiler> = new Map();

/**
 * Whether evaluating the rule could see a variable of the dialect's other than by asking
 * `dialect.variable` for it: the rule reads its whole data (`{"var": ""}`), follows a path known only at
 * run time, climbs (`../`), or asks whether something is missing that the dialect injects. Such a rule
 * has to be given data that contains the injected variables. Errs on the side of true.
 */
export function readsWholeData(rule: unknown, dialect: LogicDialect = {}): boolean {
  return new Reading(dialect).within(rule, true);
}

/** One walk over a rule. `top`: whether the data there is the data the whole rule is given. */
class Reading {
  private readonly operators: ReadonlyMap<string, OperatorCompiler>;
  private readonly variable: LogicDialect['variable'];

  constructor(dialect: LogicDialect) {
    this.operators = dialect.operators ?? NO_OPERATORS;
    this.variable = dialect.variable;
  }

  within(rule: unknown, top: boolean): boolean {
    if (typeof rule !== 'object' || rule === null) return false;
    if (Array.isArray(rule)) return rule.some((item) => this.within(item, top));
    const [name] = Object.keys(rule);
    if (name === undefined || name === '') return false;
    const args = (rule as Record<string, unknown>)[name];
    return this.operators.has(name) ? this.within(args, top) : this.operator(name, args, top);
  }

  private operator(name: string, args: unknown, top: boolean): boolean {
    switch (name) {
      case 'preserve':
        return false;
      case 'var':
        return this.path(args, top);
      case 'val':
      case 'exists':
        return this.keys(name, args, top);
      case 'missing':
        return this.asked(args, top);
      case 'missing_some':
        return Array.isArray(args)
          ? this.within(args[0], top) || this.asked(args[1], top)
          : this.asked(args, top);
      case 'eachKey':
        return this.within(Object.values(args ?? {}), top);
      case 'pipe':
        return this.staged(args, top, (position) => position === 0);
      case 'map':
      case 'filter':
      case 'reduce':
      case 'some':
      case 'all':
      case 'every':
      case 'none':
        return this.staged(args, top, (position) => position !== 1);
      default:
        return this.within(args, top);
    }
  }

  /** Arguments of which only some are evaluated against the data of the whole. */
  private staged(args: unknown, top: boolean, keepsData: (position: number) => boolean): boolean {
    if (!Array.isArray(args)) return this.within(args, top);
    return args.some((arg, i) => this.within(arg, top && keepsData(i)));
  }

  private path(args: unknown, top: boolean): boolean {
    const [key, ...rest] = Array.isArray(args) ? (args as unknown[]) : [args];
    if (typeof key === 'object' && key !== null) return true;
    if (typeof key === 'string' && key.includes('../')) return key !== '../index';
    return (top && !key) || this.within(rest, top);
  }

  private keys(name: 'val' | 'exists', args: unknown, top: boolean): boolean {
    const keys: readonly unknown[] = Array.isArray(args) ? args : [args];
    if (Array.isArray(keys[0])) return !(keys[0][0] === 1 && keys[1] === 'index');
    // A first key that is an expression may turn out to climb.
    if (typeof keys[0] === 'object' && keys[0] !== null) return true;
    if (!top) return this.within(keys, top);
    if (keys.some((key) => typeof key === 'object')) return true;
    const names = keys.map(String);
    return name === 'exists' ? this.sees(names) : keys.length === 0 || keys.length > 3;
  }

  private asked(paths: unknown, top: boolean): boolean {
    if (!top) return this.within(paths, top);
    const list: readonly unknown[] = Array.isArray(paths) ? paths : [paths];
    return list.some((path) =>
      typeof path === 'object' ? true : this.sees(splitPath(String(path))),
    );
  }

  /** Whether following these names could come upon something injected. */
  private sees(names: readonly string[]): boolean {
    const { variable } = this;
    if (variable === undefined) return true;
    return names.some((_name, i) => variable(pathOf(names.slice(0, i + 1))) !== undefined);
  }
}
