import type { Node } from './ast.ts';
import type { PatternReader } from './pattern-reader.ts';
import { type Width, widthOf } from './width.ts';

const NAME = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** The capturing groups of a pattern while it is parsed: which exist, which are complete. */
export class PythonGroups {
  readonly #reader: PatternReader;
  readonly #names = new Map<string, number>();
  /** Of complete groups only. */
  readonly #widths = new Map<number, Width>();
  #count = 0;
  /** How many groups there were when the outermost lookbehind began. */
  #beforeLookbehind: number | undefined;

  constructor(reader: PatternReader) {
    this.#reader = reader;
  }

  get count(): number {
    return this.#count;
  }

  /** Begins the next group. */
  open(name?: string): number {
    this.#count++;
    if (name === undefined) return this.#count;
    if (this.#names.has(name)) throw this.#reader.error(`two groups named "${name}"`);
    this.#names.set(name, this.#count);
    return this.#count;
  }

  close(index: number, body: Node): void {
    this.#widths.set(index, widthOf(body, this.#widths));
  }

  /** Takes the name of a group up to this character. */
  takeName(end: string): string {
    const start = this.#reader.position;
    const name = this.#reader.takeUntil(end);
    if (name === undefined || !NAME.test(name)) {
      throw this.#reader.error('bad name for a group', start);
    }
    return name;
  }

  numberOf(name: string): number {
    const index = this.#names.get(name);
    if (index === undefined) throw this.#reader.error(`no group named "${name}" before`);
    return index;
  }

  /** Whether a reference to a group may stand here: behind the group, and not in its lookbehind. */
  requireComplete(index: number): void {
    if (index < 1 || index > this.#count) throw this.#reader.error(`no group ${index} before`);
    if (!this.#widths.has(index)) {
      throw this.#reader.error(`a reference within its own group ${index}`);
    }
    if (this.#beforeLookbehind !== undefined && index > this.#beforeLookbehind) {
      throw this.#reader.error(`a reference to group ${index} within the same lookbehind`);
    }
  }

  /** Parses what a lookbehind holds, which has to match always the same number of characters. */
  lookbehind(parse: () => Node): { readonly body: Node; readonly width: number } {
    const start = this.#reader.position;
    const outer = this.#beforeLookbehind;
    this.#beforeLookbehind ??= this.#count;
    const body = parse();
    this.#beforeLookbehind = outer;
    const { min, max } = widthOf(body, this.#widths);
    if (min !== max) throw this.#reader.error('a lookbehind of no fixed width', start);
    return { body, width: min };
  }
}
