import type { Node, PositionKind } from './ast.ts';
import type { Folding } from './case-folding.ts';
import type { CharacterTest } from './character-set.ts';

/** What an instruction does. The last group exists for backtracking only. */
export type Operation =
  /** Consumes the character `x`, or one that `test` accepts. */
  | 'character'
  | 'set'
  /** Goes on at `x`; or at either `x`, which is preferred, or `y`. */
  | 'jump'
  | 'split'
  /** Goes on only where the position is such. */
  | 'position'
  /** `x` is 1 if the empty text has no such position. */
  | 'boundary'
  /** Goes on only if `inner` matches here. */
  | 'look'
  | 'match'
  /** Consumes what `inner` matches first, and never tries another way. */
  | 'atomic'
  /** Keeps the position in slot `x`. */
  | 'save'
  /** Empties the slots from `x` up to, but without, `y`. */
  | 'reset'
  /** Behind a round that began at the position in slot `x`: if it matched nothing, goes on at `y`. */
  | 'round'
  /** Consumes what slots `x` and `x + 1` enclose; `y` tells what to do if the group matched nothing yet. */
  | 'reference'
  /** Goes `x` characters back. */
  | 'back';

/** As `y`: does not match. */
export const FAIL = -1;

/** As `y`: matches the empty text. */
export const MATCH_NOTHING = -2;

/** One step of a program. All have the same fields. */
export interface Instruction {
  readonly operation: Operation;
  x: number;
  y: number;
  readonly negated: boolean;
  readonly test: CharacterTest | undefined;
  readonly kind: PositionKind | undefined;
  readonly inner: Program | undefined;
  readonly folding: Folding;
}

/** What a machine runs, from the first instruction on. */
export interface Program {
  readonly instructions: readonly Instruction[];
  /** Whether it consumes the subject from right to left. */
  readonly backward: boolean;
  /** Codes of the operations, one of {@link CODES}, and the fields `x` and `y` again: packed, for speed. */
  readonly codes: Uint8Array;
  readonly x: Int32Array;
  readonly y: Int32Array;
}

/** The operations that a sweep meets all the time have codes of their own. */
export const CODES = { character: 0, set: 1, jump: 2, split: 3, match: 4, other: 5 } as const;

/** A program of instructions that are complete. */
export function packed(instructions: readonly Instruction[], backward: boolean): Program {
  const codes: Readonly<Record<string, number>> = CODES;
  return {
    instructions,
    backward,
    codes: Uint8Array.from(instructions, ({ operation }) => codes[operation] ?? CODES.other),
    x: Int32Array.from(instructions, ({ x }) => x),
    y: Int32Array.from(instructions, ({ y }) => y),
  };
}

/** An instruction; fields that it does not need are blank. */
export function instruction(
  operation: Operation,
  fields: Partial<Omit<Instruction, 'operation'>> = {},
): Instruction {
  const { x = 0, y = 0, negated = false, test, kind, inner, folding = 'none' } = fields;
  return { operation, x, y, negated, test, kind, inner, folding };
}

/** How many instructions a node comes to, with its counted repeats written out. */
export function sizeOf(node: Node): number {
  switch (node.type) {
    case 'sequence':
      return node.parts.reduce((size, part) => size + sizeOf(part), 0);
    case 'choice':
      return node.options.reduce((size, option) => size + sizeOf(option) + 2, -2);
    case 'repeat': {
      const body = sizeOf(node.body);
      const optional = node.max === Number.POSITIVE_INFINITY ? 1 : node.max - node.min;
      return body === 0 ? 0 : body * node.min + (body + 2) * optional;
    }
    case 'group':
    case 'atomic':
    case 'look':
      return sizeOf(node.body) + 1;
    default:
      return 1;
  }
}
