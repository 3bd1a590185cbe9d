import type { Node } from './ast.ts';

/** The fewest and the most characters that a node matches. */
export interface Width {
  readonly min: number;
  readonly max: number;
}

const NOTHING: Width = Object.freeze({ min: 0, max: 0 });

/** How many characters a node matches. Widths of groups closed before it are taken from `groups`. */
export function widthOf(node: Node, groups: ReadonlyMap<number, Width>): Width {
  switch (node.type) {
    case 'set':
      return { min: 1, max: 1 };
    case 'sequence':
      return node.parts.map((part) => widthOf(part, groups)).reduce(sum, NOTHING);
    case 'choice':
      return node.options.map((option) => widthOf(option, groups)).reduce(span);
    case 'repeat': {
      const { min, max } = widthOf(node.body, groups);
      return { min: times(min, node.min), max: times(max, node.max) };
    }
    case 'group':
      return groups.get(node.index) ?? widthOf(node.body, groups);
    case 'atomic':
      return widthOf(node.body, groups);
    case 'backReference':
      return groups.get(node.group) ?? NOTHING;
    default:
      return NOTHING;
  }
}

function sum(a: Width, b: Width): Width {
  return { min: a.min + b.min, max: a.max + b.max };
}

function span(a: Width, b: Width): Width {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

/** A product in which zero times without end is zero. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}
