import { sameCharacter } from './case-folding.ts';
import type { Emitted } from './emit.ts';
import { FAIL, type Instruction, MATCH_NOTHING, type Program } from './program.ts';
import type { StepBudget } from './step-budget.ts';
import { isBoundary, isPosition, type MatchMode } from './subject.ts';

const NOWHERE = -1;

/**
 * Runs a program as the dialects define it: one way after the other, the preferred one first, keeping
 * what groups capture. That can take exponentially many steps, so the budget decides.
 */
export class Backtracker {
  readonly #program: Program;
  readonly #characters: Uint32Array;
  readonly #budget: StepBudget;
  readonly #slots: Int32Array;
  /**
   * Pairs of numbers, the latest last. An instruction and a position: another way, to try if all since
   * then fails. Or -1 less the number of a slot, and the position to put back into it.
   */
  readonly #trail: number[] = [];

  constructor({ program, slots }: Emitted, characters: Uint32Array, budget: StepBudget) {
    this.#program = program;
    this.#characters = characters;
    this.#budget = budget;
    this.#slots = new Int32Array(slots).fill(NOWHERE);
  }

  /** Whether the program matches; not to be relied on once the budget is exhausted. */
  matches(mode: MatchMode): boolean {
    const lastStart = mode === 'anywhere' ? this.#characters.length : 0;
    const requiredEnd = mode === 'whole' ? this.#characters.length : undefined;
    for (let start = 0; start <= lastStart && !this.#budget.isExhausted; start++) {
      if (this.#run(this.#program, start, requiredEnd) !== NOWHERE) return true;
    }
    return false;
  }

  /** Where the preferred match ends. Leaves on the trail its other ways and what it overwrote. */
  #run({ instructions, backward }: Program, start: number, requiredEnd?: number): number {
    const bottom = this.#trail.length;
    let at = 0;
    let position = start;
    while (!this.#budget.isExhausted) {
      this.#budget.spent++;
      const instruction = instructions[at];
      if (instruction === undefined) return NOWHERE;
      if (instruction.operation === 'match' && position === (requiredEnd ?? position)) {
        return position;
      }
      const next = this.#goesOn(instruction, at, position);
      const moved = next === FAIL ? NOWHERE : this.#consume(instruction, position, backward);
      if (moved !== NOWHERE) {
        at = next;
        position = moved;
        continue;
      }
      if (!this.#undoToChoice(bottom)) return NOWHERE;
      position = this.#trail.pop() ?? 0;
      at = this.#trail.pop() ?? 0;
    }
    return NOWHERE;
  }

  /** The instruction to go on at, or `FAIL`. */
  #goesOn({ operation, x, y }: Instruction, at: number, position: number): number {
    switch (operation) {
      case 'jump':
        return x;
      case 'split':
        this.#trail.push(y, position);
        return x;
      case 'round':
        return this.#slots[x] === position ? y : at + 1;
      case 'match':
        return FAIL;
      default:
        return at + 1;
    }
  }

  /** The position behind what an instruction consumes, which may be nothing, or `NOWHERE`. */
  #consume(instruction: Instruction, position: number, backward: boolean): number {
    const { operation, test, x, y } = instruction;
    switch (operation) {
      case 'character':
      case 'set': {
        const character = this.#characters[backward ? position - 1 : position];
        if (character === undefined) return NOWHERE;
        const accepted = test === undefined ? x === character : test(character);
        return accepted ? position + (backward ? -1 : 1) : NOWHERE;
      }
      case 'position':
        return isPosition(instruction.kind, this.#characters, position) ? position : NOWHERE;
      case 'boundary':
        return isBoundary(instruction, this.#characters, position) ? position : NOWHERE;
      case 'look':
        return this.#look(instruction, position);
      case 'atomic':
        return this.#atomic(instruction, position);
      case 'reference':
        return this.#reference(instruction, position, backward);
      case 'back':
        return position >= x ? position - x : NOWHERE;
      case 'save':
        this.#set(x, position);
        return position;
      case 'reset':
        this.#budget.spent += y - x;
        for (let slot = x; slot < y; slot++) this.#set(slot, NOWHERE);
        return position;
      default:
        return position;
    }
  }

  #look({ inner, negated }: Instruction, position: number): number {
    if (inner === undefined) return NOWHERE;
    const bottom = this.#trail.length;
    const matched = this.#run(inner, position) !== NOWHERE;
    this.#forgetChoices(bottom);
    return matched === negated ? NOWHERE : position;
  }

  #atomic({ inner }: Instruction, position: number): number {
    if (inner === undefined) return NOWHERE;
    const bottom = this.#trail.length;
    const end = this.#run(inner, position);
    this.#forgetChoices(bottom);
    return end;
  }

  #reference({ x, y, folding }: Instruction, position: number, backward: boolean): number {
    const start = this.#slots[x] ?? NOWHERE;
    const end = this.#slots[x + 1] ?? NOWHERE;
    if (start === NOWHERE || end === NOWHERE) return y === MATCH_NOTHING ? position : NOWHERE;
    const length = end - start;
    const from = backward ? position - length : position;
    if (from < 0 || from + length > this.#characters.length) return NOWHERE;
    this.#budget.spent += length;
    for (let i = 0; i < length; i++) {
      const a = this.#characters[start + i] ?? 0;
      const b = this.#characters[from + i] ?? 0;
      if (!sameCharacter(a, b, folding)) return NOWHERE;
    }
    return backward ? from : from + length;
  }

  #set(slot: number, position: number): void {
    this.#trail.push(-1 - slot, this.#slots[slot] ?? NOWHERE);
    this.#slots[slot] = position;
  }

  /** Puts slots back until another way is on top of the trail; false if there is none above the bottom. */
  #undoToChoice(bottom: number): boolean {
    while (this.#trail.length > bottom) {
      if ((this.#trail.at(-2) ?? 0) >= 0) return true;
      this.#undo(this.#trail.length - 2);
    }
    return false;
  }

  #undo(bottom: number): void {
    while (this.#trail.length > bottom) {
      const value = this.#trail.pop() ?? 0;
      const key = this.#trail.pop() ?? 0;
      if (key < 0) this.#slots[-1 - key] = value;
    }
  }

  /** Drops other ways, but keeps what has to be put back if the whole fails later. */
  #forgetChoices(bottom: number): void {
    const dropped = this.#trail.splice(bottom);
    for (let i = 0; i < dropped.length; i += 2) {
      const key = dropped[i] ?? 0;
      if (key < 0) this.#trail.push(key, dropped[i + 1] ?? 0);
    }
  }
}
