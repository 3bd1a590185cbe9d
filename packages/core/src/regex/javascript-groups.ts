import { PatternReader } from './pattern-reader.ts';

/** The capturing groups of a pattern. */
export interface GroupNames {
  readonly count: number;
  /** From a name to the number of its group. */
  readonly names: ReadonlyMap<string, number>;
}

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/**
 * Finds the capturing groups ahead of parsing: whether `\3` is a back-reference or an octal escape, and
 * whether `\k` means anything, depends on the whole pattern.
 *
 * @throws PatternError for a name that is none, or that names two groups.
 */
export function countGroups(pattern: string): GroupNames {
  const reader = new PatternReader(pattern.split(''));
  const names = new Map<string, number>();
  let count = 0;
  let inClass = false;
  while (!reader.atEnd) {
    const character = reader.next();
    if (character === '\\') reader.next();
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    if (character !== '(' || inClass) continue;
    const named = reader.sees('?<') && !reader.sees('?<=') && !reader.sees('?<!');
    if (reader.sees('?') && !named) continue;
    count++;
    if (named) names.set(takeName(reader, names), count);
  }
  return { count, names };
}

function takeName(reader: PatternReader, known: ReadonlyMap<string, number>): string {
  const start = reader.position;
  reader.eat('?<');
  const name = reader.takeUntil('>');
  if (name === undefined || !NAME.test(name)) throw reader.error('bad name for a group', start);
  if (known.has(name)) throw reader.error(`two groups named "${name}"`, start);
  return name;
}
