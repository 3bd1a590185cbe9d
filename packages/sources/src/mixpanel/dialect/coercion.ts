import type { RuleScope } from './rule-scope.ts';

/**
 * A value as the language's operators take it. Lists, which a rule can make to hold each other over and
 * over again, are made texts here, where it is counted how long they become.
 */
export function primitive(value: unknown, scope: RuleScope): unknown {
  return Array.isArray(value) ? listText(value, scope) : value;
}

/** A value as a text. Throws for what has none. */
export function textOf(value: unknown, scope: RuleScope): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? listText(value, scope) : String(value);
}

/** What `join` makes of a list: null and undefined are empty. */
export function listText(list: readonly unknown[], scope: RuleScope, separator = ','): string {
  let text = '';
  scope.spend(list.length);
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    const part = item === null || item === undefined ? '' : `${primitive(item, scope)}`;
    scope.spend(part.length);
    text += i === 0 ? part : separator + part;
  }
  return text;
}

/** As JSON Logic has it: an empty list is false. */
export function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
