import { type AtomicNode, childrenOf, type LookNode, type Node, type RepeatNode } from './ast.ts';
import {
  type CharacterSet,
  type CharacterTest,
  characterTest,
  onlyCharacter,
} from './character-set.ts';
import type { RegexDialect } from './dialect.ts';
import {
  FAIL,
  type Instruction,
  instruction,
  MATCH_NOTHING,
  type Program,
  sizeOf,
} from './program.ts';
import { type Patch, ProgramBuilder } from './program-builder.ts';
import { type Width, widthOf } from './width.ts';

/** What a program is made for. */
export interface Target {
  /**
   * `sweep` looks around by sweeping towards the place: it looks ahead from right to left. `backtrack`
   * does so from the place on, and keeps what groups capture.
   */
  readonly machine: 'sweep' | 'backtrack';
  /** Whose rules hold for groups that captured nothing, and for rounds of a repeat that match nothing. */
  readonly dialect: RegexDialect;
  /** How many groups capture. */
  readonly groups: number;
}

/** A program, and how many slots it keeps positions in: two for each group, then those of repeats. */
export interface Emitted {
  readonly program: Program;
  readonly slots: number;
}

/** Compiles a pattern, which has to be of a size that was found acceptable. */
export function emitProgram(root: Node, target: Target): Emitted {
  const shared = { target, tests: new Map(), programs: new Map(), slots: 2 * target.groups };
  const program = new Emitter(shared, false).programOf(root);
  return { program, slots: shared.slots };
}

/** What the programs of one pattern share. */
interface Shared {
  readonly target: Target;
  readonly tests: Map<CharacterSet, CharacterTest>;
  readonly programs: Map<Node, Program>;
  slots: number;
}

type SingleNode = Exclude<Node, { type: 'sequence' | 'choice' | 'repeat' | 'group' }>;

/** One round of a repeat. */
interface Round {
  readonly body: Node;
  /** Forgets what the round before captured. */
  readonly reset: Instruction | undefined;
  /** A round that may match nothing is watched, lest it go on forever. */
  readonly watched: boolean;
}

const NO_WIDTHS = new Map<number, Width>();

class Emitter {
  readonly #shared: Shared;
  readonly #builder: ProgramBuilder;

  constructor(shared: Shared, backward: boolean) {
    this.#shared = shared;
    this.#builder = new ProgramBuilder(backward);
  }

  /** The program of a node, behind these instructions. */
  programOf(node: Node, ...before: readonly Instruction[]): Program {
    for (const added of before) this.#builder.add(added);
    this.#emit(node);
    return this.#builder.finish();
  }

  #emit(node: Node): void {
    switch (node.type) {
      case 'sequence':
        for (const part of this.#inOrder(node.parts)) this.#emit(part);
        break;
      case 'choice':
        this.#emitChoice(node.options);
        break;
      case 'repeat':
        this.#emitRepeat(node);
        break;
      case 'group':
        this.#emitGroup(node.index, node.body);
        break;
      default:
        this.#builder.add(this.#single(node));
    }
  }

  /** What is one instruction. */
  #single(node: SingleNode): Instruction {
    switch (node.type) {
      case 'set': {
        const only = onlyCharacter(node.set);
        if (only !== undefined) return instruction('character', { x: only });
        return instruction('set', { test: this.#testOf(node.set) });
      }
      case 'position':
        return instruction('position', { kind: node.kind });
      case 'boundary': {
        const { negated, needsText, word } = node;
        return instruction('boundary', { negated, test: this.#testOf(word), x: needsText ? 1 : 0 });
      }
      case 'look': {
        const inner = this.#innerOf(node, this.#looksBackward(node));
        return instruction('look', { negated: node.negated, inner });
      }
      case 'atomic':
        return instruction('atomic', { inner: this.#innerOf(node, this.#builder.backward) });
      case 'backReference': {
        const x = 2 * node.group - 2;
        const y = this.#forgets ? MATCH_NOTHING : FAIL;
        return instruction('reference', { x, y, folding: node.folding });
      }
    }
  }

  get #keepsSlots(): boolean {
    return this.#shared.target.machine === 'backtrack';
  }

  /** Whether each round of a repeat forgets what its groups captured in the round before. */
  get #forgets(): boolean {
    return this.#shared.target.dialect === 'javascript';
  }

  #inOrder(parts: readonly Node[]): readonly Node[] {
    return this.#builder.backward ? parts.toReversed() : parts;
  }

  #testOf(set: CharacterSet): CharacterTest {
    const test = this.#shared.tests.get(set) ?? characterTest(set);
    this.#shared.tests.set(set, test);
    return test;
  }

  #emitChoice(options: readonly Node[]): void {
    const exits: Patch[] = [];
    for (const option of options.slice(0, -1)) {
      const other = this.#builder.addSplit(false);
      this.#emit(option);
      exits.push(this.#builder.addJump());
      other(this.#builder.next);
    }
    for (const last of options.slice(-1)) this.#emit(last);
    for (const exit of exits) exit(this.#builder.next);
  }

  #emitGroup(index: number, body: Node): void {
    const slots = [2 * index - 2, 2 * index - 1];
    const [first, last] = this.#builder.backward ? slots.toReversed() : slots;
    if (this.#keepsSlots) this.#builder.add(instruction('save', { x: first }));
    this.#emit(body);
    if (this.#keepsSlots) this.#builder.add(instruction('save', { x: last }));
  }

  #emitRepeat({ body, min, max, lazy }: RepeatNode): void {
    // Nothing, however often, is nothing; and would take that many turns to write out.
    if (sizeOf(body) === 0) return;
    const round = this.#roundOf(body);
    for (let i = 0; i < min; i++) this.#emitRound(round);
    const endless = max === Number.POSITIVE_INFINITY;
    const exits: Patch[] = [];
    const head = this.#builder.next;
    for (let i = min; i < (endless ? min + 1 : max); i++) {
      exits.push(this.#builder.addSplit(lazy), this.#emitOptionalRound(round));
    }
    if (endless) this.#builder.addJump()(head);
    for (const exit of exits) exit(this.#builder.next);
  }

  #roundOf(body: Node): Round {
    if (!this.#keepsSlots) return { body, reset: undefined, watched: false };
    const captures = this.#forgets ? groupsWithin(body) : [];
    const [first, last] = [captures.at(0), captures.at(-1)];
    const hasCaptures = first !== undefined && last !== undefined;
    const reset = hasCaptures ? instruction('reset', { x: 2 * first - 2, y: 2 * last }) : undefined;
    return { body, reset, watched: widthOf(body, NO_WIDTHS).min === 0 };
  }

  #emitRound({ body, reset }: Round): void {
    if (reset !== undefined) this.#builder.add(reset);
    this.#emit(body);
  }

  #emitOptionalRound(round: Round): Patch {
    if (!round.watched) {
      this.#emitRound(round);
      return () => {};
    }
    const x = this.#shared.slots++;
    this.#builder.add(instruction('save', { x }));
    this.#emitRound(round);
    const end = instruction('round', { x, y: FAIL });
    this.#builder.add(end);
    // ECMAScript takes back a round that matched nothing; Python goes on behind the repeat.
    return (exit) => {
      if (!this.#forgets) end.y = exit;
    };
  }

  #looksBackward({ behind }: LookNode): boolean {
    if (!this.#keepsSlots) return behind === undefined;
    return behind !== undefined && behind.width === undefined;
  }

  /** The program of a part, the same one wherever a counted repeat writes the part again. */
  #innerOf(node: AtomicNode | LookNode, backward: boolean): Program {
    const known = this.#shared.programs.get(node);
    if (known !== undefined) return known;
    const width = node.type === 'look' && this.#keepsSlots ? node.behind?.width : undefined;
    const back = width === undefined ? [] : [instruction('back', { x: width })];
    const program = new Emitter(this.#shared, backward).programOf(node.body, ...back);
    this.#shared.programs.set(node, program);
    return program;
  }
}

/** The groups within a node, in their order. */
function groupsWithin(node: Node): readonly number[] {
  const inner = childrenOf(node).flatMap(groupsWithin);
  return node.type === 'group' ? [node.index, ...inner] : inner;
}
