import type { Entry } from './entry.ts';

/**
 * Whether what a cache holds is newer than what this worker holds. Workers number what they store; what a
 * worker has fetched for itself has no number, so there times decide.
 */
export class Chronology {
  /** The highest generation seen. */
  generation: number | undefined;
  /** Up to when what is held is known to be right: Unix milliseconds at which the source was asked. */
  asOf = Number.NEGATIVE_INFINITY;

  /** Whether an entry with other definitions than those held is newer. */
  isNewer({ generation, fetchedAt }: Entry): boolean {
    if (generation === undefined || this.generation === undefined) return true;
    if (generation !== this.generation) return generation > this.generation;
    // This worker has seen it before, and holds something else: what it fetched itself since then. The
    // entry is newer only if the source has confirmed it after that.
    return fetchedAt !== undefined && fetchedAt > this.asOf;
  }

  /** What is held was right at that time. */
  confirmed(at: number): void {
    this.asOf = Math.max(this.asOf, at);
  }

  /** Other definitions are held from now on, which were right at that time. */
  replaced(at: number): void {
    this.asOf = at;
  }

  /** There is such a generation. */
  saw(generation: number | undefined): void {
    if (generation === undefined) return;
    this.generation = Math.max(generation, this.generation ?? generation);
  }
}
