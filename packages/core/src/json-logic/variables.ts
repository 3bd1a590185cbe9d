import { pathOf } from './paths.ts';
import type { Scope } from './scope.ts';
import type { Expression } from './types.ts';

/** The variable the dialect injects at this path, where the data is the whole rule's. */
export function injected(names: readonly string[], scope: Scope): Expression | undefined {
  const { variable } = scope.compilation;
  if (variable === undefined || !scope.atTop || names.length === 0) return undefined;
  return variable(pathOf(names));
}
