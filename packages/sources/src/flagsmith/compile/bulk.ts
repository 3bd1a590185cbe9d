import type { Resolution } from '@halyard/core';
import type { Environment } from './environment.ts';
import type { Flag, Override } from './flag.ts';
import type { Visit } from './visit.ts';

/** What a segment overrides a flag with. */
interface Assignment {
  /** The flag's place in the result. */
  readonly index: number;
  readonly override: Override;
  /** The override's place among all of the flag's, the one that wins over all others first. */
  readonly rank: number;
}

/** A flag whose own state depends on the bucket. */
interface Undecided {
  readonly index: number;
  readonly flag: Flag;
}

/** More overrides of one flag than a byte can rank are evaluated flag by flag. */
const MAX_RANK = 254;
const NOT_OVERRIDDEN = 255;

/**
 * Evaluates all flags of an environment at once: copies what most visitors get, tries each segment once,
 * and touches only the flags that a matching segment overrides and those that depend on the bucket.
 */
export class BulkPlan {
  private readonly environment: Environment;
  private readonly flags: readonly Flag[];
  private readonly indexOf = new Map<string, number>();
  /** Per flag, what it is unless something overrides it; undefined where that depends on the bucket. */
  private readonly defaults: readonly (Resolution | undefined)[];
  private readonly undecided: readonly Undecided[];
  /** By segment. */
  private readonly assignments: readonly (readonly Assignment[])[];
  private readonly isRankable: boolean;

  constructor(environment: Environment) {
    const { featureNames } = environment.model;
    const assignments: Assignment[][] = environment.segments.map(() => []);
    this.environment = environment;
    this.flags = featureNames.map((name) => environment.flag(name) as Flag);
    this.flags.forEach((flag, index) => {
      this.indexOf.set(featureNames[index] as string, index);
      flag.overrides.forEach((override, rank) => {
        assignments[override.segment.index]?.push({ index, override, rank });
      });
    });
    this.assignments = assignments;
    this.defaults = this.flags.map(({ base }) => base.constant);
    this.undecided = this.flags.flatMap((flag, index) =>
      flag.base.constant === undefined ? [{ flag, index }] : [],
    );
    this.isRankable = this.flags.every(({ overrides }) => overrides.length <= MAX_RANK);
  }

  /** Every flag's resolution, in the order of the environment. Throws what reading the context throws. */
  resolve(visit: Visit): readonly Resolution[] {
    const { environment, flags } = this;
    visit.tried ??= new Uint8Array(environment.segments.length);
    if (!this.isRankable) return flags.map((flag) => flag.resolve(visit));
    const resolutions = this.defaults.slice();
    this.assignSegments(visit, resolutions);
    for (const name of environment.model.namesSetFor(visit.identifier)) {
      const index = this.indexOf.get(name);
      if (index !== undefined) resolutions[index] = (flags[index] as Flag).resolve(visit);
    }
    const { undecided } = this;
    for (let i = 0; i < undecided.length; i++) {
      const { index, flag } = undecided[i] as Undecided;
      resolutions[index] ??= flag.base.outcome(visit);
    }
    return resolutions as Resolution[];
  }

  private assignSegments(visit: Visit, resolutions: (Resolution | undefined)[]): void {
    const { segments } = this.environment;
    const ranks = new Uint8Array(resolutions.length).fill(NOT_OVERRIDDEN);
    for (let s = 0; s < segments.length; s++) {
      const assignments = this.assignments[s] as readonly Assignment[];
      if (assignments.length === 0 || !segments[s]?.matches(visit)) continue;
      for (let i = 0; i < assignments.length; i++) {
        const { index, override, rank } = assignments[i] as Assignment;
        if (rank >= (ranks[index] as number)) continue;
        ranks[index] = rank;
        resolutions[index] = override.fixed ?? override.state.outcome(visit);
      }
    }
  }
}
