import type { CharacterSet } from './character-set.ts';

/** Conditions on a position. `lineStart` and `lineEnd` know only \n as the end of a line. */
export type PositionKind = 'start' | 'end' | 'endOrFinalNewline' | 'lineStart' | 'lineEnd';

/** A run of one part: between `min` and `max` times (`Infinity`: no upper limit). */
export interface RepeatNode {
  readonly type: 'repeat';
  readonly body: Node;
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
}

/** A border between word characters and others, or its absence. */
export interface BoundaryNode {
  readonly type: 'boundary';
  readonly negated: boolean;
  readonly word: CharacterSet;
  /** Whether the empty subject has no such position at all, not even a negated one. */
  readonly needsText: boolean;
}

/** Looks ahead or behind without consuming. */
export interface LookNode {
  readonly type: 'look';
  /** Set for one that looks behind. `width` is how far, for a dialect that matches it from there. */
  readonly behind: { readonly width?: number } | undefined;
  readonly negated: boolean;
  readonly body: Node;
}

/** Matches in the first way it finds, and in no other. */
export interface AtomicNode {
  readonly type: 'atomic';
  readonly body: Node;
}

/** Repeats what a group matched. */
export interface BackReferenceNode {
  readonly type: 'backReference';
  readonly group: number;
  readonly folding: CharacterSet['folding'];
}

/** A regular expression, the same for every dialect. Dialects differ in how they are parsed to it. */
export type Node =
  | { readonly type: 'set'; readonly set: CharacterSet }
  | { readonly type: 'sequence'; readonly parts: readonly Node[] }
  | { readonly type: 'choice'; readonly options: readonly Node[] }
  | { readonly type: 'group'; readonly index: number; readonly body: Node }
  | { readonly type: 'position'; readonly kind: PositionKind }
  | AtomicNode
  | RepeatNode
  | BoundaryNode
  | LookNode
  | BackReferenceNode;

/** A parsed pattern. */
export interface ParsedPattern {
  readonly root: Node;
  /** How many groups capture. */
  readonly groups: number;
}

/** Parts one after the other; none match the empty text. */
export function sequenceOf(parts: readonly Node[]): Node {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { type: 'sequence', parts };
}

/** Parts of which one matches, earlier ones preferred. */
export function choiceOf(options: readonly Node[]): Node {
  const [only] = options;
  return only !== undefined && options.length === 1 ? only : { type: 'choice', options };
}

/** The parts a node consists of. */
export function childrenOf(node: Node): readonly Node[] {
  if (node.type === 'sequence') return node.parts;
  if (node.type === 'choice') return node.options;
  return 'body' in node ? [node.body] : [];
}

/** Whether a node, or any part of it, is such. */
export function someNode(node: Node, is: (node: Node) => boolean): boolean {
  return is(node) || childrenOf(node).some((child) => someNode(child, is));
}
