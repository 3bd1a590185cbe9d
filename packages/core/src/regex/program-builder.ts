import { type Instruction, instruction, type Program, packed } from './program.ts';

/** Tells an instruction where to go on, once that is known. */
export type Patch = (at: number) => void;

/** Collects the instructions of a program. */
export class ProgramBuilder {
  readonly backward: boolean;
  readonly #instructions: Instruction[] = [];

  constructor(backward: boolean) {
    this.backward = backward;
  }

  /** Where the next instruction will be. */
  get next(): number {
    return this.#instructions.length;
  }

  add(added: Instruction): void {
    this.#instructions.push(added);
  }

  /** Adds a jump to a place that is not known yet. */
  addJump(): Patch {
    const jump = instruction('jump');
    this.add(jump);
    return (at) => {
      jump.x = at;
    };
  }

  /** Adds a split between what follows, which is preferred unless lazy, and a place not known yet. */
  addSplit(lazy: boolean): Patch {
    const split = instruction('split');
    this.add(split);
    const body = this.next;
    return (at) => {
      split.x = lazy ? at : body;
      split.y = lazy ? body : at;
    };
  }

  finish(): Program {
    this.add(instruction('match'));
    return packed(this.#instructions, this.backward);
  }
}
