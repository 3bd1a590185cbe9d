import { messageOf } from '@halyard/core';
import type { PropertyCondition } from '../dialect.ts';
import type { Visit } from './visit.ts';

/** A condition on a visitor's properties, the same for all flags that write it down alike. */
export class Condition {
  private readonly index: number;
  private readonly condition: PropertyCondition;

  /** `index`: its place among what a visit remembers. */
  constructor(index: number, condition: PropertyCondition) {
    this.index = index;
    this.condition = condition;
  }

  /** The field of the rollout that it is written in. */
  get field(): string {
    return this.condition.field;
  }

  /** What is wrong with it. */
  get problems(): readonly string[] {
    return this.condition.problems;
  }

  /** Whether it holds; found out once where a visit remembers it. One that fails does not hold. */
  holds(visit: Visit): boolean {
    const { held } = visit;
    if (held === undefined) return this.try(visit) === true;
    const known = held[this.index] as number;
    if (known !== UNKNOWN) return known === HOLDS;
    const isHeld = this.try(visit) === true;
    held[this.index] = isHeld ? HOLDS : HOLDS_NOT;
    return isHeld;
  }

  /** Whether it holds, or why that could not be found out. */
  try(visit: Visit): boolean | string {
    try {
      const scope = this.condition.takesLists ? visit.anyProperties : visit.properties;
      if (scope === undefined) return false;
      scope.begin();
      return this.condition.test(scope);
    } catch (thrown) {
      return messageOf(thrown);
    }
  }
}

const UNKNOWN = 0;
const HOLDS = 1;
const HOLDS_NOT = 2;
