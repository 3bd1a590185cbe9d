import type { PatternReader } from './pattern-reader.ts';

/** The flags that hold at a place of a pattern. */
export interface PythonFlags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}

/** Flags switched on and off, for the whole pattern or for the group that follows. */
export interface FlagChange {
  readonly scope: 'pattern' | 'group';
  readonly on: string;
  readonly off: string;
}

const FLAG = /^[aimsuxL]$/;

/** Takes what follows `(?` up to the `)` or `:`, if it is flags. */
export function takeFlagChange(reader: PatternReader): FlagChange | undefined {
  if (!FLAG.test(reader.peek()) && !reader.sees('-')) return undefined;
  const start = reader.position;
  const on = reader.takeWhile(FLAG);
  if (on.includes('L')) throw reader.error('flag "L" is for bytes, not for text', start);
  if (on.includes('a') && on.includes('u')) throw incompatible(reader);
  if (reader.eat(')')) return { scope: 'pattern', on, off: '' };
  const off = reader.eat('-') ? takeFlagsOff(reader) : '';
  if (!reader.eat(':')) throw reader.error('unknown flag, or a missing ":" behind flags');
  if ([...on].some((flag) => off.includes(flag))) {
    throw reader.error('a flag is turned on and off', start);
  }
  return { scope: 'group', on, off };
}

function takeFlagsOff(reader: PatternReader): string {
  const start = reader.position;
  const off = reader.takeWhile(FLAG);
  if (off === '') throw reader.error('missing flag behind "-"', start);
  if (/[auL]/.test(off)) throw reader.error('flags "a", "u" and "L" cannot be turned off', start);
  return off;
}

/** Two flags that say the opposite of each other. */
export function incompatible(reader: PatternReader): Error {
  return reader.error('flags "a" and "u" are incompatible');
}

/** The flags after a change. */
export function changedFlags(flags: PythonFlags, { on, off }: FlagChange): PythonFlags {
  const changed = (letter: string, before: boolean) =>
    on.includes(letter) || (before && !off.includes(letter));
  return {
    ignoreCase: changed('i', flags.ignoreCase),
    multiLine: changed('m', flags.multiLine),
    dotAll: changed('s', flags.dotAll),
    verbose: changed('x', flags.verbose),
    ascii: on.includes('a') || (flags.ascii && !on.includes('u')),
  };
}
