/** An evaluation that would visit more nodes than this finds none. */
export const MAX_VISITED = 100_000;

/** A descendant segment that would go deeper than this into the data makes its query find none. */
export const MAX_DEPTH = 200;

/**
 * The smaller steps of an evaluation, beside the nodes it visits: an operand read, a name listed, a
 * character matched. More of them than this, which take about a second, and the query finds no node.
 */
const MAX_STEPS = 5_000_000;

/** What is thrown at a bound. Internal: whoever began the evaluation catches it. */
export class Exhausted {}

/** One evaluation of a query, with all the queries inside its filters: they share its bounds. */
export class Evaluation {
  /** Where `$` starts. */
  readonly root: unknown;
  private visited = 0;
  private steps = 0;

  constructor(root: unknown) {
    this.root = root;
  }

  /** @throws Exhausted when these are more nodes than may be visited. */
  visit(nodes: number): void {
    this.visited += nodes;
    if (this.visited > MAX_VISITED) throw new Exhausted();
  }

  /** @throws Exhausted when these are more steps than may be taken. */
  step(steps: number): void {
    this.steps += steps;
    if (this.steps > MAX_STEPS) throw new Exhausted();
  }
}
