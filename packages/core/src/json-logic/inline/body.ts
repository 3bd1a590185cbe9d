import { shapeFault } from '../fault.ts';
import { FunctionScope, isNothing, type Part, type Scope } from '../scope.ts';
import { type Body, bodyOf } from '../walk.ts';

/** Compiles a function of its own: the rule itself, or what an iterator runs per item. */
export function inlineFunction(
  rule: unknown,
  outer: Omit<Scope, 'fn'>,
  path: string,
): { part: Part; fn: FunctionScope } {
  const { compilation } = outer;
  let tracked = compilation.trackedBodies.has(rule);
  for (;;) {
    const fn = new FunctionScope(tracked);
    const part = compilation.inline(rule, { ...outer, fn }, path);
    if (rule === undefined || isNothing(part)) {
      throw shapeFault('a rule that gives a value', path);
    }
    if (tracked || !fn.wantsTracking) {
      if (fn.unparsable !== undefined) throw fn.unparsable;
      return { part, fn };
    }
    tracked = true;
    compilation.trackedBodies.add(rule);
  }
}

/** Compiles what an iterator runs per item. */
export function inlineBody(
  rule: unknown,
  scope: Scope,
  path: string,
  iterator: 'list' | 'reduce' | 'pipe',
): Body {
  const nested = scope.index === 'none' ? 'none' : 'lost';
  const index = iterator === 'list' ? 'bound' : nested;
  const inner: Omit<Scope, 'fn'> = {
    compilation: scope.compilation,
    atTop: false,
    index,
    lenient: false,
  };
  const { part, fn } = inlineFunction(rule, inner, path);
  return bodyOf(part, fn, iterator === 'list' ? 'item' : 'none', scope);
}
