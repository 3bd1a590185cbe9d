import type { Resolution } from '@halyard/core';
import type { Flag } from './flag.ts';
import { NOT_TAKEN } from './outcomes.ts';
import type { Project } from './project.ts';
import type { Visit } from './visit.ts';

/** A flag with its place in the result. */
interface Placed {
  readonly index: number;
  readonly flag: Flag;
}

/** The flags that one field of the context decides. */
interface Group {
  readonly field: string;
  /** The places of those that are the same for everybody whom the field names. */
  readonly constant: number[];
  /** The others. */
  readonly varying: Placed[];
}

/**
 * Evaluates all flags at once: copies what is the same for everybody, tries each condition once, and
 * evaluates the flags that vary. Flags that give a visitor no variant are left out, as Mixpanel's SDKs
 * leave them out.
 */
export class BulkPlan {
  private readonly conditionCount: number;
  private readonly constants: readonly (Resolution | undefined)[];
  private readonly groups: readonly Group[];

  constructor(project: Project) {
    const flags = project.flagKeys.map((key) => project.flag(key) as Flag);
    const groups = new Map<string, Group>();
    flags.forEach((flag, index) => {
      const { field, error, constant } = flag;
      if (error !== undefined) return;
      const group = groups.get(field) ?? { field, constant: [], varying: [] };
      groups.set(field, group);
      if (constant === undefined) group.varying.push({ index, flag });
      else group.constant.push(index);
    });
    this.groups = [...groups.values()];
    this.constants = flags.map(({ constant }) => variantOnly(constant));
    this.conditionCount = project.conditions.count;
  }

  /** Every flag's resolution, in the definitions' order. Throws what reading the context throws. */
  resolve(visit: Visit): readonly (Resolution | undefined)[] {
    const resolutions = this.constants.slice();
    visit.held ??= new Uint8Array(this.conditionCount);
    for (const { field, constant, varying } of this.groups) {
      const subject = visit.subject(field);
      if (subject === undefined) {
        for (const index of constant) resolutions[index] = undefined;
        continue;
      }
      for (let i = 0; i < varying.length; i++) {
        const { index, flag } = varying[i] as Placed;
        resolutions[index] = variantOnly(flag.decide(visit, subject));
      }
    }
    return resolutions;
  }
}

function variantOnly(resolution: Resolution | undefined): Resolution | undefined {
  return resolution === NOT_TAKEN ? undefined : resolution;
}
