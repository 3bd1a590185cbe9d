import type { Resolution, TraceStep } from '@halyard/core';
import type { Subject } from '../dialect/bucket.ts';
import { NOT_TAKEN, type Outcomes } from './outcomes.ts';
import type { Rollout } from './rollout.ts';
import type { Visit } from './visit.ts';

/** What a flag is compiled from. */
export interface FlagParts {
  /** The field of the context that says whom the flag is for. */
  readonly field: string;
  readonly outcomes: Outcomes;
  /** What testers get, by their distinct ids. */
  readonly testers: ReadonlyMap<string, Resolution> | undefined;
  /** In the order in which they are tried. */
  readonly rollouts: readonly Rollout[];
  /** What everybody gets of a flag that cannot be evaluated. */
  readonly error: Resolution | undefined;
}

/** One flag, compiled: tries its rollouts in order, and chooses between outcomes made in advance. */
export class Flag {
  readonly field: string;
  readonly outcomes: Outcomes;
  /** The same for everybody whom the context names; undefined when it takes an evaluation to know. */
  readonly constant: Resolution | undefined;
  /** What everybody gets of a flag that cannot be evaluated. */
  readonly error: Resolution | undefined;
  private readonly testers: FlagParts['testers'];
  private readonly rollouts: readonly Rollout[];

  constructor({ field, outcomes, testers, rollouts, error }: FlagParts) {
    this.field = field;
    this.outcomes = outcomes;
    this.testers = testers;
    this.rollouts = rollouts;
    this.error = error;
    const isSame = testers === undefined && error === undefined;
    this.constant = isSame ? constantOf(rollouts) : undefined;
  }

  /** What the flag is for a visit. Throws what reading the context throws. */
  resolve(visit: Visit): Resolution {
    if (this.error !== undefined) return this.error;
    const subject = visit.subject(this.field);
    if (subject !== undefined) return this.decide(visit, subject);
    visit.trace?.push({ kind: 'default', path: 'context', matched: true, detail: this.field });
    return this.outcomes.missing;
  }

  /** The same, for whom the field of the context names. */
  decide(visit: Visit, subject: Subject): Resolution {
    if (this.constant !== undefined && visit.trace === undefined) return this.constant;
    if (this.testers !== undefined) {
      const { distinctId } = visit;
      const outcome = distinctId === undefined ? undefined : this.testers.get(distinctId);
      if (visit.trace !== undefined) explainTesters(visit.trace, outcome);
      if (outcome !== undefined) return outcome;
    }
    const { rollouts } = this;
    for (let i = 0; i < rollouts.length; i++) {
      const outcome = (rollouts[i] as Rollout).outcomeFor(visit, subject);
      if (outcome !== undefined) return outcome;
    }
    visit.trace?.push({ kind: 'default', path: 'ruleset.rollout', matched: true });
    return NOT_TAKEN;
  }
}

/** What rollouts give that come before any that depends on who asks. */
function constantOf(rollouts: readonly Rollout[]): Resolution | undefined {
  for (const { constant, isForNobody } of rollouts) {
    if (!isForNobody) return constant;
  }
  return NOT_TAKEN;
}

function explainTesters(trace: TraceStep[], outcome: Resolution | undefined): void {
  const matched = outcome !== undefined;
  trace.push({
    kind: 'rule',
    path: 'ruleset.test.users',
    matched,
    ...(matched && { detail: outcome.variant }),
  });
}
