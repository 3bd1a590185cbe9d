import type { Resolution } from '@halyard/core';
import type { Flag } from './flag.ts';
import type { Project } from './project.ts';
import type { Visit } from './visit.ts';

/** A flag that is not the same for everybody. */
interface Varying {
  /** The flag's place in the result. */
  readonly index: number;
  readonly flag: Flag;
}

/**
 * Evaluates all flags at once: copies what is the same for everybody, tries each cohort once, and evaluates
 * the flags that are not.
 */
export class BulkPlan {
  private readonly cohortCount: number;
  private readonly constants: readonly (Resolution | undefined)[];
  private readonly varying: readonly Varying[];

  constructor(project: Project) {
    const { flagKeys, cohortIds } = project.definitions;
    const flags = flagKeys.map((key) => project.flag(key) as Flag);
    this.cohortCount = cohortIds.length;
    this.constants = flags.map(({ constantResolution }) => constantResolution);
    this.varying = flags.flatMap((flag, index) =>
      flag.constantResolution === undefined ? [{ flag, index }] : [],
    );
  }

  /** Every flag's resolution, in the definitions' order. Throws what reading the context throws. */
  resolve(visit: Visit): readonly Resolution[] {
    const { varying } = this;
    const resolutions = this.constants.slice();
    visit.cohorts ??= new Uint8Array(this.cohortCount);
    for (let i = 0; i < varying.length; i++) {
      const { index, flag } = varying[i] as Varying;
      resolutions[index] = flag.resolve(visit);
    }
    return resolutions as Resolution[];
  }
}
