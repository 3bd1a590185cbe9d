import { describe, expect, it } from 'vitest';
import { compileRegex } from './compile.ts';
import type { RegexDialect } from './dialect.ts';
import { complaint } from './fixtures/paths.ts';
import {
  MAX_BACKTRACKING_STEPS,
  MAX_DEPTH,
  MAX_INSTRUCTIONS,
  MAX_MACHINE_SUBJECT,
  MAX_PATTERN_LENGTH,
  MAX_SWEEP_STEPS,
} from './limits.ts';
import { createMachine } from './machine.ts';
import { parsePattern } from './parse.ts';
import type { MatchMode } from './subject.ts';

const DIALECTS: readonly RegexDialect[] = ['python', 'javascript'];
const MODES: readonly MatchMode[] = ['at-start', 'anywhere', 'whole'];
const LENGTH = 50_000;
const As = 'a'.repeat(LENGTH);

/** Patterns that take a backtracking engine exponentially or polynomially many steps on these subjects. */
const CATASTROPHIC: readonly [pattern: string, subject: string][] = [
  ['(a+)+$', `${As}!`],
  ['(a|a)*b', As],
  ['(.*)*x', As],
  ['^(\\w+\\s?)*$', `${'word '.repeat(LENGTH / 5)}!`],
  ['a*a*a*a*b', As],
  ['(?:a?){20}a{20}b', As],
  ['(?:(?:a*)*)*b', As],
  ['(?:(?=a*b).)*c', As],
  ['(?:.(?<!b))*c', As],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', As],
];

/** What the size of a program may have to do with the steps it takes at one position. */
const STEPS_PER_INSTRUCTION = 3;

function machineOf(pattern: string, dialect: RegexDialect) {
  return createMachine(parsePattern(pattern, { dialect }), dialect);
}

describe.each(DIALECTS)('a hostile pattern in the %s dialect', (dialect) => {
  it.each(CATASTROPHIC)('takes steps in proportion to the subject: %s', (pattern, subject) => {
    const machine = machineOf(pattern, dialect);
    for (const mode of MODES) {
      const short = machine(subject.slice(-LENGTH / 10), mode);
      const long = machine(subject, mode);
      expect(long.matched).toBe(false);
      expect(long.steps).toBeLessThan(11 * short.steps);
      expect(long.steps).toBeLessThan(STEPS_PER_INSTRUCTION * pattern.length * 4 * LENGTH);
    }
  });

  it.each(CATASTROPHIC)('is answered through the public door: %s', (pattern, subject) => {
    const regex = compileRegex(pattern, { dialect });
    if (regex.kind === 'invalid') throw new Error(regex.message);
    expect(regex.matchesAt0(subject)).toBe(false);
    expect(regex.search(subject)).toBe(false);
    expect(regex.matchesWhole(subject)).toBe(false);
    expect(regex.matchesAt0('')).toBe(new RegExp(`^(?:${pattern})`).test(''));
  });

  it('gives up on back-references after its steps are spent', () => {
    for (const pattern of ['(a+)\\1b', '(a*)*\\1b', '(?:(a)|\\1|a)*b', '(?=(a*))(?:\\1|a)*b']) {
      const { matched, steps } = machineOf(pattern, dialect)(As, 'anywhere');
      expect(matched).toBe(false);
      expect(steps).toBeGreaterThan(MAX_BACKTRACKING_STEPS);
      expect(steps).toBeLessThan(MAX_BACKTRACKING_STEPS + 2 * LENGTH);
    }
  });

  it('gives up on a sweep after its steps are spent', () => {
    const { matched, steps } = machineOf('(?:a?){5000}b', dialect)(`${As}b`, 'anywhere');
    expect(matched).toBe(false);
    expect(steps).toBeGreaterThan(MAX_SWEEP_STEPS);
    expect(steps).toBeLessThan(MAX_SWEEP_STEPS + 4 * MAX_INSTRUCTIONS);
  });

  it('does not take its end of steps for the absence of what it looks for', () => {
    const { matched } = machineOf('(?!(?:a?){5000}b)', dialect)(`${As}b`, 'at-start');
    expect(matched).toBe(false);
  });

  it('does not run on a subject that is too long for a machine', () => {
    const machine = machineOf('(a+)+', dialect);
    expect(machine('a'.repeat(MAX_MACHINE_SUBJECT), 'whole').matched).toBe(true);
    const tooLong = machine('a'.repeat(MAX_MACHINE_SUBJECT + 1), 'whole');
    expect(tooLong).toEqual({ matched: false, steps: 0 });
  });

  it('repeats nothing a billion times in no time', () => {
    const pattern = '(?:(?:(?:){999999999}){999999999}){999999999}a';
    expect(machineOf(pattern, dialect)('a', 'whole')).toEqual({ matched: true, steps: 3 });
  });
});

describe.each(DIALECTS)('the size of a pattern in the %s dialect', (dialect) => {
  const options = { dialect };

  it('has a limit in characters', () => {
    expect(complaint('a'.repeat(MAX_PATTERN_LENGTH), options)).toBeUndefined();
    expect(complaint('a'.repeat(MAX_PATTERN_LENGTH + 1), options)).toBe(
      'the pattern is longer than 10000 characters',
    );
  });

  it.each(['(', '(?:', '(?='])('has a limit in groups nested by %s', (open) => {
    const nested = (depth: number) => `${open.repeat(depth)}a${')'.repeat(depth)}`;
    expect(complaint(nested(MAX_DEPTH), options)).toBeUndefined();
    expect(complaint(nested(MAX_DEPTH + 1), options)).toMatch(/^more than 200 nested groups at /);
    expect(complaint(open.repeat(3000), options)).toMatch(/^more than 200 nested groups at /);
  });

  it('has a limit in instructions', () => {
    expect(complaint(`a{${MAX_INSTRUCTIONS}}`, options)).toBeUndefined();
    for (const pattern of [`a{${MAX_INSTRUCTIONS + 1}}`, '(?:(?:a{99}){99}){99}', '(){99999}']) {
      expect(complaint(pattern, options)).toBe('the pattern comes to more than 20000 instructions');
    }
  });

  it('may be at its limits in every respect and is answered still', () => {
    const deep = `${'(?:'.repeat(MAX_DEPTH)}a${')*'.repeat(MAX_DEPTH)}b`;
    const wide = '(?:a|b|c|[^d])'.repeat(700);
    for (const pattern of [deep, wide, '|'.repeat(MAX_PATTERN_LENGTH), '(?=a)'.repeat(1900)]) {
      const regex = compileRegex(pattern, options);
      if (regex.kind === 'invalid') throw new Error(regex.message);
      expect(regex.matchesWhole('é'.repeat(1000))).toBe(false);
    }
  });
});
