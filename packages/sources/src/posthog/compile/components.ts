/** What a walk knows of something it has come upon. */
interface Visited {
  /** When the walk came upon it. */
  readonly index: number;
  /** The earliest of what it leads back to. */
  lowest: number;
  /** Undefined while the walk has not left everything that it leads back to. */
  component: number | undefined;
  /** How many things follow each other from here on, the longest way; roughly, where it goes round. */
  height: number;
}

/** Something the walk is at, and what is left to be followed from there. */
interface Frame<T> {
  readonly node: T;
  readonly next: Iterator<T>;
}

/**
 * Finds out what leads back to what: the strongly connected components of a graph, by Tarjan's algorithm.
 * The graph is walked as far as it takes, and no part of it twice.
 */
export class Components<T> {
  private readonly edges: (node: T) => Iterable<T>;
  private readonly visited = new Map<T, Visited>();
  /** Met, but not yet known to which component it belongs. */
  private readonly open: T[] = [];
  private count = 0;

  constructor(edges: (node: T) => Iterable<T>) {
    this.edges = edges;
  }

  /** Whether two things are one, or each leads to the other. */
  areOne(a: T, b: T): boolean {
    return this.visit(a).component === this.visit(b).component;
  }

  /** How many things follow each other from one on, the longest way; no less, where it goes round. */
  heightOf(node: T): number {
    return this.visit(node).height;
  }

  private visit(node: T): Visited {
    if (!this.visited.has(node)) this.walk(node);
    return this.visited.get(node) as Visited;
  }

  private walk(start: T): void {
    const path: Frame<T>[] = [this.enter(start)];
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const { node, next } = frame;
      const { value, done } = next.next();
      if (done === true) {
        path.pop();
        this.leave(node, path.at(-1)?.node);
        continue;
      }
      const known = this.visited.get(value);
      if (known === undefined) path.push(this.enter(value));
      else this.passOn(known, node);
    }
  }

  private enter(node: T): Frame<T> {
    const index = this.visited.size;
    this.visited.set(node, { index, lowest: index, component: undefined, height: 1 });
    this.open.push(node);
    return { node, next: this.edges(node)[Symbol.iterator]() };
  }

  /** Everything that leads back to a node, and not beyond it, is one component. */
  private leave(node: T, from: T | undefined): void {
    const visited = this.visited.get(node) as Visited;
    if (from !== undefined) this.passOn(visited, from);
    if (visited.lowest < visited.index) return;
    const component = this.count++;
    for (let member = this.open.pop(); member !== undefined; member = this.open.pop()) {
      (this.visited.get(member) as Visited).component = component;
      if (member === node) return;
    }
  }

  /** What is found out about something concerns whatever leads to it. */
  private passOn({ lowest, height, component }: Visited, from: T): void {
    const visited = this.visited.get(from) as Visited;
    visited.height = Math.max(visited.height, height + 1);
    if (component === undefined) visited.lowest = Math.min(visited.lowest, lowest);
  }
}
