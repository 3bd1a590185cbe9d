import type { Automaton, State } from './automaton.ts';

/** How much of a text has to match. */
export type Extent = 'whole' | 'part';

/**
 * Whether a text matches. All states are followed at once, so the time is at most that of the text's
 * length times the number of states, whatever the pattern.
 */
export function runAutomaton(automaton: Automaton, text: string, extent: Extent): boolean {
  return new Run(automaton, text).accepts(extent);
}

class Run {
  private readonly automaton: Automaton;
  private readonly text: string;
  /** By state: one more than the position at which it was entered last. */
  private readonly entered: Int32Array;
  /** The states waiting for the character at the current position. */
  private waiting: State[] = [];
  private isFinal = false;

  constructor(automaton: Automaton, text: string) {
    this.automaton = automaton;
    this.text = text;
    this.entered = new Int32Array(automaton.size);
  }

  accepts(extent: Extent): boolean {
    const { text, automaton } = this;
    this.enter(automaton.start, 0);
    for (let position = 0; position < text.length; ) {
      if (extent === 'part' && this.isFinal) return true;
      const codePoint = text.codePointAt(position) ?? 0;
      position += codePoint > 0xffff ? 2 : 1;
      this.step(codePoint, position);
      if (extent === 'part') this.enter(automaton.start, position);
    }
    return this.isFinal;
  }

  /** Goes over one character, to the position after it. */
  private step(codePoint: number, position: number): void {
    const before = this.waiting;
    this.waiting = [];
    this.isFinal = false;
    for (const state of before) {
      if (state.kind === 'character' && state.test(codePoint)) this.enter(state.next, position);
    }
  }

  private enter(state: State, position: number): void {
    if (this.entered[state.id] === position + 1) return;
    this.entered[state.id] = position + 1;
    switch (state.kind) {
      case 'final':
        this.isFinal = true;
        return;
      case 'character':
        this.waiting.push(state);
        return;
      case 'edge':
        if (position === (state.of === 'start' ? 0 : this.text.length)) {
          this.enter(state.next, position);
        }
        return;
      case 'fork':
        for (const branch of state.branches) this.enter(branch, position);
    }
  }
}
