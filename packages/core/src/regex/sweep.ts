import { CODES, type Program } from './program.ts';
import type { StepBudget } from './step-budget.ts';
import { isBoundary, isPosition, type MatchMode } from './subject.ts';

const NO_TABLE = new Uint8Array(0);

/** One subject that programs sweep over. */
export class SweptSubject {
  readonly characters: Uint32Array;
  readonly budget: StepBudget;
  readonly #lookTables = new Map<Program, Uint8Array>();

  constructor(characters: Uint32Array, budget: StepBudget) {
    this.characters = characters;
    this.budget = budget;
  }

  /** Whether the program matches; not to be relied on once the budget is exhausted. */
  matches(program: Program, mode: MatchMode): boolean {
    const end = this.characters.length;
    let found = false;
    new Sweep(program, this).run(mode === 'anywhere', (position) => {
      found = mode !== 'whole' || position === end;
      return found;
    });
    return found;
  }

  /** Where the part that looks around holds: for each position, 1 or 0. Swept once for all of them. */
  lookTable(program: Program): Uint8Array {
    const known = this.#lookTables.get(program);
    if (known !== undefined) return known;
    // The answer will not be used: tables for it would only take memory.
    if (this.budget.isExhausted) return NO_TABLE;
    const table = new Uint8Array(this.characters.length + 1);
    new Sweep(program, this).run(true, (position) => {
      table[position] = 1;
      return false;
    });
    this.#lookTables.set(program, table);
    return table;
  }
}

/**
 * Runs a program with all its alternatives side by side: at each position of the subject it keeps the
 * set of instructions that any way of matching has got to. Whether a pattern matches depends on nothing
 * else as long as it has neither back-references nor atomic parts. So each instruction is looked at once
 * per position, however the pattern is made.
 */
class Sweep {
  readonly #program: Program;
  readonly #subject: SweptSubject;
  /** Instructions that wait for the character behind the position; the first so many are in use. */
  #waiting: Int32Array;
  #reached: Int32Array;
  #count = 0;
  /** For each instruction, the last stamp it was reached at. Every position has its own stamp. */
  readonly #stamps: Int32Array;
  #stamp = 0;
  readonly #pending: Int32Array;
  #matched = false;

  constructor(program: Program, subject: SweptSubject) {
    const size = program.codes.length;
    this.#program = program;
    this.#subject = subject;
    this.#waiting = new Int32Array(size);
    this.#reached = new Int32Array(size);
    this.#stamps = new Int32Array(size);
    this.#pending = new Int32Array(size);
  }

  /**
   * Sweeps over the subject. A match may begin at the first position or, if so said, at every one. Each
   * position where one ends is told to `arrived`, which says whether that is enough.
   */
  run(beginsAnywhere: boolean, arrived: (position: number) => boolean): void {
    const { characters, budget } = this.#subject;
    const { backward } = this.#program;
    const end = characters.length;
    for (let step = 0; step <= end; step++) {
      const position = backward ? end - step : step;
      this.#consume(characters[backward ? position : position - 1] ?? 0, position);
      if (step === 0 || beginsAnywhere) this.#reach(0, position);
      if (this.#matched && arrived(position)) return;
      if (budget.isExhausted || (this.#count === 0 && !beginsAnywhere)) return;
    }
  }

  /** Goes on to a position over the character before it. */
  #consume(character: number, position: number): void {
    const { codes, x, instructions } = this.#program;
    const waiting = this.#waiting;
    const count = this.#count;
    this.#waiting = this.#reached;
    this.#reached = waiting;
    this.#count = 0;
    this.#matched = false;
    this.#stamp++;
    for (let i = 0; i < count; i++) {
      const at = waiting[i] ?? 0;
      const accepted =
        codes[at] === CODES.character
          ? x[at] === character
          : instructions[at]?.test?.(character) === true;
      if (accepted) this.#reach(at + 1, position);
    }
    this.#subject.budget.spent += count;
  }

  /** Follows the program from an instruction to wherever it needs the next character. */
  #reach(start: number, position: number): void {
    const { codes, x, y } = this.#program;
    const pending = this.#pending;
    let left = this.#push(start, 0);
    let steps = 0;
    for (; left > 0; steps++) {
      const at = pending[--left] ?? 0;
      switch (codes[at]) {
        case CODES.character:
        case CODES.set:
          this.#waiting[this.#count++] = at;
          break;
        case CODES.match:
          this.#matched = true;
          break;
        case CODES.jump:
          left = this.#push(x[at] ?? 0, left);
          break;
        case CODES.split:
          left = this.#push(y[at] ?? 0, this.#push(x[at] ?? 0, left));
          break;
        default:
          if (this.#holds(at, position)) left = this.#push(at + 1, left);
      }
    }
    this.#subject.budget.spent += steps;
  }

  /** Has an instruction followed, unless it was reached at this position before. */
  #push(at: number, left: number): number {
    if (this.#stamps[at] === this.#stamp) return left;
    this.#stamps[at] = this.#stamp;
    this.#pending[left] = at;
    return left + 1;
  }

  #holds(at: number, position: number): boolean {
    const instruction = this.#program.instructions[at];
    if (instruction === undefined) return false;
    const { operation, inner, kind, negated } = instruction;
    const { characters } = this.#subject;
    if (operation === 'position') return isPosition(kind, characters, position);
    if (operation === 'boundary') return isBoundary(instruction, characters, position);
    if (inner === undefined) return false;
    return (this.#subject.lookTable(inner)[position] === 1) !== negated;
  }
}
