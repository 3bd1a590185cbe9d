import { ValidityFault } from '../faults.ts';
import type { CharacterTest, Pattern, Repetition } from './pattern.ts';

/** A pattern of more parts than this, its repetitions written out, is refused: `a{500}` has 500. */
const MAX_PARTS = 1_000;

/** A state of an automaton. `id` counts from zero. */
export type State =
  | { readonly id: number; readonly kind: 'final' }
  | {
      readonly id: number;
      readonly kind: 'character';
      readonly test: CharacterTest;
      readonly next: State;
    }
  | {
      readonly id: number;
      readonly kind: 'edge';
      readonly of: 'start' | 'end';
      readonly next: State;
    }
  | { readonly id: number; readonly kind: 'fork'; readonly branches: State[] };

/** A nondeterministic finite automaton, without captures: I-Regexps only ask whether they match. */
export interface Automaton {
  readonly start: State;
  /** How many states there are. */
  readonly size: number;
}

/**
 * Builds the automaton of a pattern.
 *
 * @throws ValidityFault when the pattern has more than 1,000 parts, its repetitions written out.
 */
export function buildAutomaton(pattern: Pattern): Automaton {
  return new Builder().build(pattern);
}

class Builder {
  private size = 0;
  private parts = 0;

  build(pattern: Pattern): Automaton {
    const start = this.before({ id: this.newId(), kind: 'final' }, pattern);
    return { start, size: this.size };
  }

  /** The state that matches a pattern and then goes on with the next state. */
  private before(next: State, pattern: Pattern): State {
    this.countPart();
    switch (pattern.kind) {
      case 'character':
        return { id: this.newId(), kind: 'character', test: pattern.test, next };
      case 'edge':
        return { id: this.newId(), kind: 'edge', of: pattern.of, next };
      case 'sequence':
        return pattern.parts.reduceRight((after, part) => this.before(after, part), next);
      case 'choice':
        return this.fork(pattern.parts.map((part) => this.before(next, part)));
      case 'repetition':
        return this.repetition(next, pattern);
    }
  }

  private repetition(next: State, { part, min, max }: Repetition): State {
    let state = next;
    if (max === Number.POSITIVE_INFINITY) state = this.loop(next, part);
    else for (let i = min; i < max; i++) state = this.fork([this.before(state, part), next]);
    for (let i = 0; i < min; i++) state = this.before(state, part);
    return state;
  }

  private loop(next: State, part: Pattern): State {
    const branches: State[] = [];
    const loop = this.fork(branches);
    branches.push(this.before(loop, part), next);
    return loop;
  }

  private fork(branches: State[]): State {
    return { id: this.newId(), kind: 'fork', branches };
  }

  private newId(): number {
    this.size++;
    return this.size - 1;
  }

  /** Parts are counted, not states: `(){1000000}` has none, and takes as long. */
  private countPart(): void {
    this.parts++;
    if (this.parts > MAX_PARTS) throw new ValidityFault(`more than ${MAX_PARTS} parts`);
  }
}
