import { isSameJson, type Ruleset } from '@halyard/core';

/**
 * The keys of all flags that were added, removed or changed. Flags whose ruleset does not tell what
 * defines them count as changed, since they may be.
 */
export function changedFlags(before: Ruleset | undefined, after: Ruleset): string[] {
  const old = new Set(before?.flagKeys);
  const changed: string[] = [];
  for (const key of after.flagKeys) {
    const isNew = !old.delete(key);
    if (isNew || before === undefined || !isSameFlag(key, before, after)) changed.push(key);
  }
  return [...changed, ...old];
}

function isSameFlag(key: string, before: Ruleset, after: Ruleset): boolean {
  try {
    const old = before.definitionOf?.(key);
    return old !== undefined && isSameJson(old, after.definitionOf?.(key));
  } catch {
    // A definition that cannot be compared may have changed, and is reported as if it had.
    return false;
  }
}
