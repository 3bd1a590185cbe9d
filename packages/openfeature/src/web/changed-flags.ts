import type { BootstrapFlag } from '@halyard/core/bootstrap';

type Flags = ReadonlyMap<string, BootstrapFlag> | undefined;

const NONE: NonNullable<Flags> = new Map();

/** The keys of flags that were added, removed or changed. */
export function changedFlags(before: Flags = NONE, after: Flags = NONE): string[] {
  const gone = [...before.keys()].filter((key) => !after.has(key));
  const different = [...after].filter(([key, flag]) => !isSame(before.get(key), flag));
  return [...gone, ...different.map(([key]) => key)];
}

/** A store keeps the objects of unchanged flags; another store has objects of its own. */
function isSame(before: BootstrapFlag | undefined, after: BootstrapFlag): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}
