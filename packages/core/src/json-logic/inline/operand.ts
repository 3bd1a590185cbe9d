import type { Part, Scope } from '../scope.ts';

/** What an operand leaves in the register: what was there before, its own result, or something else. */
export type Remains = 'before' | 'result' | 'unknown';

/** Compiles an operand and tells what it leaves in the register. */
export function inlineWatched(
  rule: unknown,
  scope: Scope,
  path: string,
): { part: Part; remains: Remains } {
  const before = scope.fn.assignments;
  const part = scope.compilation.inline(rule, scope, path);
  if (scope.fn.assignments === before) return { part, remains: 'before' };
  return { part, remains: part.leavesResult ? 'result' : 'unknown' };
}

/** Compiles a list of operands. */
export function inlineEach(rules: readonly unknown[], scope: Scope, path: string): Part[] {
  return rules.map((rule, i) => scope.compilation.inline(rule, scope, `${path}[${i}]`));
}
