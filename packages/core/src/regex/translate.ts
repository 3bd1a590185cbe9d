import { childrenOf, type LookNode, type Node, type RepeatNode, someNode } from './ast.ts';
import type { Folding } from './case-folding.ts';
import type { CharacterSet, Range } from './character-set.ts';
import { MAX_NATIVE_CLASSES } from './limits.ts';

/** A pattern for `new RegExp(source, flags)`. */
export interface NativePattern {
  readonly source: string;
  readonly flags: string;
}

const POSITIONS = {
  start: '^',
  end: '$',
  endOrFinalNewline: '(?=\\n?$)',
  lineStart: '(?<![^\\n])',
  lineEnd: '(?![^\\n])',
} as const;

/**
 * Writes a pattern of code points for ECMAScript, to tell whether it matches: groups do not capture.
 * Undefined for what ECMAScript has not (atomic groups, references with Python's meaning, case ignored
 * in a part only), and for more classes than the native engine compiles soon.
 */
export function translate(root: Node): NativePattern | undefined {
  const isForeign = (node: Node) => node.type === 'atomic' || node.type === 'backReference';
  if (someNode(root, isForeign)) return undefined;
  const sets = setsOf(root);
  const foldings = new Set<Folding>(sets.filter(hasCase).map((set) => set.folding));
  if (foldings.size > 1 || sets.filter(isWide).length > MAX_NATIVE_CLASSES) return undefined;
  return { source: sourceOf(root), flags: foldings.has('simple') ? 'iu' : 'u' };
}

function setsOf(node: Node): readonly CharacterSet[] {
  if (node.type === 'set') return [node.set];
  if (node.type === 'boundary') return [node.word];
  return childrenOf(node).flatMap(setsOf);
}

/** Whether ignoring case can make a difference to a set; for ASCII exactly, beyond it supposedly. */
function hasCase({ ranges }: CharacterSet): boolean {
  return ranges.some(
    ([first, last]) =>
      last > 0x7f || (first <= 0x5a && last >= 0x41) || (first <= 0x7a && last >= 0x61),
  );
}

function isWide({ ranges, negated }: CharacterSet): boolean {
  const [first, second] = ranges;
  const isOneCharacter = first?.[0] === first?.[1] && second === undefined;
  return negated || (!isOneCharacter && ranges.some(([, last]) => last > 0x7f));
}

function sourceOf(node: Node): string {
  switch (node.type) {
    case 'set':
      return sourceOfSet(node.set);
    case 'sequence':
      return node.parts.map(sourceOf).join('');
    case 'choice':
      return `(?:${node.options.map(sourceOf).join('|')})`;
    case 'repeat':
      return sourceOfRepeat(node);
    case 'position':
      return POSITIONS[node.kind];
    case 'boundary':
      return `${node.negated ? '\\B' : '\\b'}${node.needsText ? '(?!^$)' : ''}`;
    case 'look':
      return `(?${lookSign(node)}${sourceOf(node.body)})`;
    case 'group':
    case 'atomic':
      return `(?:${sourceOf(node.body)})`;
    case 'backReference':
      return `\\${node.group}`;
  }
}

function sourceOfRepeat({ body, min, max, lazy }: RepeatNode): string {
  const upper = max === Number.POSITIVE_INFINITY ? '' : max;
  return `(?:${sourceOf(body)}){${min},${upper}}${lazy ? '?' : ''}`;
}

function lookSign({ behind, negated }: LookNode): string {
  return `${behind === undefined ? '' : '<'}${negated ? '!' : '='}`;
}

function sourceOfSet({ ranges, negated }: CharacterSet): string {
  const [only] = ranges;
  if (!negated && only !== undefined && ranges.length === 1 && only[0] === only[1]) {
    return escaped(only[0]);
  }
  return `[${negated ? '^' : ''}${ranges.map(sourceOfRange).join('')}]`;
}

function sourceOfRange([first, last]: Range): string {
  return first === last ? escaped(first) : `${escaped(first)}-${escaped(last)}`;
}

function escaped(code: number): string {
  const text = String.fromCodePoint(code);
  return /^[0-9A-Za-z]$/.test(text) ? text : `\\u{${code.toString(16)}}`;
}
