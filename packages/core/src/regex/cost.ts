import type { Node, RepeatNode } from './ast.ts';
import { MAX_NATIVE_STEPS } from './limits.ts';

/** An upper bound of the form factor × n ^ degree, where n is the length of the subject plus one. */
interface Growth {
  readonly factor: number;
  readonly degree: number;
}

/** What trying everything costs a backtracking engine. */
interface Cost {
  /** In how many ways the node matches from one position. */
  readonly ways: Growth;
  /** Steps to try all of them. */
  readonly steps: Growth;
}

const ONE: Growth = Object.freeze({ factor: 1, degree: 0 });
const LINEAR: Growth = Object.freeze({ factor: 1, degree: 1 });
const ENDLESS: Growth = Object.freeze({ factor: 1, degree: Number.POSITIVE_INFINITY });
const NOTHING: Cost = Object.freeze({ ways: ONE, steps: Object.freeze({ factor: 0, degree: 0 }) });
const STEP: Cost = Object.freeze({ ways: ONE, steps: ONE });

/** The longest subjects that the native engine is sure to be done with soon; negative for none at all. */
export interface NativeReach {
  /** When the match has to begin at the beginning. */
  readonly anchored: number;
  /** When it may begin anywhere. */
  readonly search: number;
}

/**
 * How long a subject may be so that a backtracking engine takes at most `MAX_NATIVE_STEPS` steps, even
 * if it has to try every way of matching.
 */
export function nativeReach(root: Node): NativeReach {
  const { steps } = costOf(root);
  const anchored = longestFor(steps);
  const search = beginsAtStart(root) ? anchored : longestFor(product(steps, LINEAR));
  return { anchored, search };
}

function longestFor({ factor, degree }: Growth): number {
  if (factor > MAX_NATIVE_STEPS || degree === Number.POSITIVE_INFINITY) return -1;
  if (degree === 0) return Number.POSITIVE_INFINITY;
  return Math.floor((MAX_NATIVE_STEPS / Math.max(factor, 1)) ** (1 / degree)) - 1;
}

/** An engine that searches does not go on when the pattern can match at the start only. */
function beginsAtStart(node: Node): boolean {
  if (node.type === 'position') return node.kind === 'start';
  const [first] = node.type === 'sequence' ? node.parts : [];
  return first !== undefined && beginsAtStart(first);
}

function costOf(node: Node): Cost {
  switch (node.type) {
    case 'sequence':
      return node.parts.map(costOf).reduce(inSequence, NOTHING);
    case 'choice':
      return node.options.map(costOf).reduce(eitherOf);
    case 'repeat':
      return costOfRepeat(node);
    case 'group':
      return costOf(node.body);
    case 'atomic':
    case 'look':
      return { ways: ONE, steps: sum(ONE, costOf(node.body).steps) };
    case 'backReference':
      return { ways: ONE, steps: LINEAR };
    default:
      return STEP;
  }
}

function inSequence(a: Cost, b: Cost): Cost {
  return { ways: product(a.ways, b.ways), steps: sum(a.steps, product(a.ways, b.steps)) };
}

function eitherOf(a: Cost, b: Cost): Cost {
  return { ways: sum(a.ways, b.ways), steps: sum(sum(a.steps, b.steps), ONE) };
}

function costOfRepeat({ body, min, max }: RepeatNode): Cost {
  const once = costOf(body);
  const onlyWay = once.ways.degree === 0 && once.ways.factor === 1;
  if (max === Number.POSITIVE_INFINITY) {
    // More than one way of matching, repeated without limit: exponential in the subject.
    if (!onlyWay) return { ways: ENDLESS, steps: ENDLESS };
    const rounds = sum(LINEAR, { factor: min, degree: 0 });
    return { ways: LINEAR, steps: product(rounds, sum(once.steps, ONE)) };
  }
  const rounds: Growth = { factor: max, degree: 0 };
  const counts: Growth = { factor: max - min + 1, degree: 0 };
  const step = sum(once.steps, ONE);
  if (onlyWay) return { ways: counts, steps: product(rounds, step) };
  const ways = power(once.ways, max);
  return { ways: product(counts, ways), steps: product(product(rounds, ways), step) };
}

function sum(a: Growth, b: Growth): Growth {
  return { factor: a.factor + b.factor, degree: Math.max(a.degree, b.degree) };
}

function product(a: Growth, b: Growth): Growth {
  return { factor: a.factor * b.factor, degree: a.degree + b.degree };
}

function power({ factor, degree }: Growth, exponent: number): Growth {
  return { factor: factor ** exponent, degree: exponent === 0 ? 0 : degree * exponent };
}
