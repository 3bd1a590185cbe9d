import { computed, type Part, type Scope } from '../scope.ts';
import { inlineEach } from './operand.ts';
import { joinAll } from './precedence.ts';

/** `cat` of operands as written: joined as the language joins them, nulls included. */
export function inlineCat(args: unknown, scope: Scope, path: string): Part | undefined {
  if (!Array.isArray(args)) return undefined;
  return computed(joinAll(() => '', inlineEach(args, scope, path), scope));
}
