import { textOf } from './coercion.ts';
import type { RuleScope } from './rule-scope.ts';

/** Whether a visitor's properties satisfy something. Throws what reading them throws. */
export type PropertyTest = (scope: RuleScope) => boolean;

/**
 * Compiles the older form of a rule: properties that must be there, and what their texts must be, ignoring
 * case. The names are compared with those of the properties in lower case, so a name with capitals is
 * never found.
 */
export function compileDefinition(definition: unknown): PropertyTest {
  const wanted = Object.entries(definition as Readonly<Record<string, unknown>>);
  return (scope) =>
    wanted.every(
      ([name, expected]) =>
        scope.has(name) && lowerText(scope.property(name), scope) === lowerText(expected, scope),
    );
}

function lowerText(value: unknown, scope: RuleScope): string {
  return textOf(value, scope).toLowerCase();
}
