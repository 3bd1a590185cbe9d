import type { Instruction, Program } from './program.ts';
import type { StepBudget } from './step-budget.ts';
import { isBoundary, isPosition, type MatchMode } from './subject.ts';

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
  readonly #instructions: readonly Instruction[];
  readonly #backward: boolean;
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

  constructor({ instructions, backward }: Program, subject: SweptSubject) {
    this.#instructions = instructions;
    this.#backward = backward;
    this.#subject = subject;
    this.#waiting = new Int32Array(instructions.length);
    this.#reached = new Int32Array(instructions.length);
    this.#stamps = new Int32Array(instructions.length);
    this.#pending = new Int32Array(instructions.length);
  }

  /**
   * Sweeps over the subject. A match may begin at the first position or, if so said, at every one. Each
   * position where one ends is told to `arrived`, which says whether that is enough.
   */
  run(beginsAnywhere: boolean, arrived: (position: number) => boolean): void {
    const { characters, budget } = this.#subject;
    const end = characters.length;
    for (let step = 0; step <= end; step++) {
      const position = this.#backward ? end - step : step;
      this.#consume(characters[this.#backward ? position : position - 1] ?? 0, position);
      if (step === 0 || beginsAnywhere) this.#reach(0, position);
      if (this.#matched && arrived(position)) return;
      if (budget.isExhausted || (this.#count === 0 && !beginsAnywhere)) return;
    }
  }

  /** Goes on to a position over the character before it. */
  #consume(character: number, position: number): void {
    const waiting = this.#waiting;
    const count = this.#count;
    this.#waiting = this.#reached;
    this.#reached = waiting;
    this.#count = 0;
    this.#matched = false;
    this.#stamp++;
    this.#subject.budget.spent += count;
    for (let i = 0; i < count; i++) {
      const at = waiting[i] ?? 0;
      const instruction = this.#instructions[at];
      if (instruction === undefined) continue;
      const { test } = instruction;
      const accepted = test === undefined ? instruction.x === character : test(character);
      if (accepted) this.#reach(at + 1, position);
    }
  }

  /** Follows the program from an instruction to wherever it needs the next character. */
  #reach(start: number, position: number): void {
    let pending = this.#push(start, 0);
    while (pending > 0) {
      const at = this.#pending[--pending] ?? 0;
      const instruction = this.#instructions[at];
      if (instruction === undefined) continue;
      this.#subject.budget.spent++;
      switch (instruction.operation) {
        case 'character':
        case 'set':
          this.#waiting[this.#count++] = at;
          break;
        case 'match':
          this.#matched = true;
          break;
        case 'jump':
          pending = this.#push(instruction.x, pending);
          break;
        case 'split':
          pending = this.#push(instruction.y, this.#push(instruction.x, pending));
          break;
        default:
          if (this.#holds(instruction, position)) pending = this.#push(at + 1, pending);
      }
    }
  }

  #push(at: number, pending: number): number {
    if (this.#stamps[at] === this.#stamp) return pending;
    this.#stamps[at] = this.#stamp;
    this.#pending[pending] = at;
    return pending + 1;
  }

  #holds(instruction: Instruction, position: number): boolean {
    const { operation, inner, kind, negated } = instruction;
    const { characters } = this.#subject;
    if (operation === 'position') return isPosition(kind, characters, position);
    if (operation === 'boundary') return isBoundary(instruction, characters, position);
    if (inner === undefined) return false;
    return (this.#subject.lookTable(inner)[position] === 1) !== negated;
  }
}
