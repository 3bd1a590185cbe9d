import type { Evaluation } from '../evaluation.ts';
import { SyntaxFault, ValidityFault } from '../faults.ts';
import { type Automaton, buildAutomaton } from './automaton.ts';
import { parsePattern } from './parse-pattern.ts';
import { type Extent, runAutomaton } from './run.ts';

/** Longer patterns match nothing; in UTF-16 units. */
const MAX_PATTERN = 1_000;

/** Longer texts match nothing; in UTF-16 units. */
const MAX_SUBJECT = 10_000;

/** The steps that building the automaton of a pattern counts as. */
const STEPS_TO_BUILD = 5_000;

/** A question to put to a pattern. What is no string matches nothing. */
export interface RegexpQuestion {
  readonly subject: unknown;
  readonly pattern: unknown;
  readonly extent: Extent;
}

/**
 * Tests texts against I-Regexps, and remembers the last of these: a pattern is mostly the same for all
 * items. Patterns of more than 1,000 characters, or of more than 1,000 parts once their repetitions are
 * written out, and texts of more than 10,000 characters match nothing, like patterns that are none.
 */
export class RegexpTester {
  private pattern: string | undefined;
  private automaton: Automaton | undefined;

  /** @throws Exhausted when the evaluation has done too much. */
  test({ subject, pattern, extent }: RegexpQuestion, evaluation: Evaluation): boolean {
    if (typeof subject !== 'string' || subject.length > MAX_SUBJECT) return false;
    if (typeof pattern !== 'string' || pattern.length > MAX_PATTERN) return false;
    if (pattern !== this.pattern) {
      evaluation.step(STEPS_TO_BUILD);
      this.pattern = pattern;
      this.automaton = compile(pattern);
    }
    if (this.automaton === undefined) return false;
    evaluation.step((subject.length + 1) * this.automaton.size);
    return runAutomaton(this.automaton, subject, extent);
  }
}

function compile(pattern: string): Automaton | undefined {
  try {
    return buildAutomaton(parsePattern(pattern));
  } catch (fault) {
    if (fault instanceof SyntaxFault || fault instanceof ValidityFault) return undefined;
    throw fault;
  }
}
