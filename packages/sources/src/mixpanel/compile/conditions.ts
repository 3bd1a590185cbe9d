import { isSameJson } from '@halyard/core';
import { compileOlderRule, compileRule, type PropertyCondition } from '../dialect.ts';
import type { MixpanelRollout } from '../wire.ts';
import { Condition } from './condition.ts';
import { digestOf } from './digest.ts';

/** A condition, and what it was compiled from. */
interface Known {
  readonly written: unknown;
  readonly condition: Condition;
}

/** The conditions of all flags. Mixpanel writes a cohort's rule down in every flag that uses it. */
export class Conditions {
  /** How many there are. */
  count = 0;
  /** By kind and digest; of several with one digest only the first is shared. */
  private readonly known = new Map<string, Known>();

  /** The condition of a rollout; undefined for one that takes whatever properties a visitor has. */
  of(rollout: MixpanelRollout): Condition | undefined {
    const { runtime_evaluation_rule: rule, runtime_evaluation_definition: definition } = rollout;
    if (rule) return isEmptyObject(rule) ? undefined : this.shared('rule', rule, compileRule);
    return definition ? this.shared('older', definition, compileOlderRule) : undefined;
  }

  private shared(
    kind: string,
    written: unknown,
    compile: (written: unknown) => PropertyCondition,
  ): Condition {
    const digest = kind + digestOf(written);
    const known = this.known.get(digest);
    if (known !== undefined && isSame(known.written, written)) return known.condition;
    const condition = new Condition(this.count++, compile(written));
    if (known === undefined) this.known.set(digest, { written, condition });
    return condition;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  try {
    return isSameJson(a, b);
  } catch {
    // Too deep to be compared.
    return false;
  }
}

function isEmptyObject(rule: unknown): boolean {
  return typeof rule === 'object' && !Array.isArray(rule) && Object.keys(rule ?? {}).length === 0;
}
