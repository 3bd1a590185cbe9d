import type { Resolution, TraceStep } from '@halyard/core';
import type { Subject } from '../dialect/bucket.ts';
import type { Condition } from './condition.ts';
import { Split } from './split.ts';
import type { Visit } from './visit.ts';

/** What a rollout is compiled from. */
export interface RolloutParts {
  /** Its place among the flag's rollouts. */
  readonly index: number;
  /** From 0 to 1. */
  readonly percentage: number;
  /** How many of the hundred places that takes. */
  readonly places: number;
  /** What visitors are hashed with. */
  readonly salt: string;
  readonly condition: Condition | undefined;
  readonly onTaken: Resolution | Split;
}

/** A share of the visitors whose properties satisfy a condition, and what they get. */
export class Rollout {
  private readonly index: number;
  private readonly percentage: number;
  private readonly places: number;
  private readonly salt: string;
  private readonly condition: Condition | undefined;
  private readonly onTaken: Resolution | Split;

  constructor({ index, percentage, places, salt, condition, onTaken }: RolloutParts) {
    this.index = index;
    this.percentage = percentage;
    this.places = places;
    this.salt = salt;
    this.condition = condition;
    this.onTaken = onTaken;
  }

  /** Whether nobody is taken, whoever they are. */
  get isForNobody(): boolean {
    return this.places === 0;
  }

  /** What everybody gets by it; undefined when that depends on them. */
  get constant(): Resolution | undefined {
    const { places, condition, onTaken } = this;
    if (places < 100 || condition !== undefined || onTaken instanceof Split) return undefined;
    return onTaken;
  }

  /** What a visitor gets; undefined for those whom the rollout does not take. */
  outcomeFor(visit: Visit, subject: Subject): Resolution | undefined {
    const { places, condition, onTaken } = this;
    if (visit.trace !== undefined) return this.explain(visit, visit.trace, subject);
    if (places === 0) return undefined;
    if (condition !== undefined && !condition.holds(visit)) return undefined;
    if (places < 100 && subject.placeBy(this.salt) >= places) return undefined;
    return onTaken instanceof Split ? onTaken.outcomeFor(subject) : onTaken;
  }

  /** The same, with every step written down. */
  private explain(visit: Visit, trace: TraceStep[], subject: Subject): Resolution | undefined {
    const { onTaken } = this;
    const path = `ruleset.rollout[${this.index}]`;
    const isTaken =
      this.explainShare(trace, subject, path) && this.explainCondition(trace, visit, path);
    if (!isTaken) return undefined;
    trace.push({ kind: 'rule', path, matched: true });
    if (!(onTaken instanceof Split)) return onTaken;
    trace.push(onTaken.explain(subject));
    return onTaken.outcomeFor(subject);
  }

  private explainShare(trace: TraceStep[], subject: Subject, path: string): boolean {
    const place = subject.placeBy(this.salt);
    const matched = place < this.places;
    const detail = { bucket: place / 100, limit: this.percentage };
    trace.push({ kind: 'bucket', path: `${path}.rollout_percentage`, matched, detail });
    return matched;
  }

  private explainCondition(trace: TraceStep[], visit: Visit, path: string): boolean {
    const { condition } = this;
    if (condition === undefined) return true;
    const verdict = condition.try(visit);
    const matched = verdict === true;
    trace.push({
      kind: 'rule',
      path: `${path}.${condition.field}`,
      matched,
      ...(typeof verdict === 'string' && { detail: { error: verdict } }),
    });
    return matched;
  }
}
