import type { Resolution, TraceStep } from '@halyard/core';
import type { Salt, Subject } from '../dialect/bucket.ts';
import type { Condition } from './condition.ts';
import { Split } from './split.ts';
import type { Visit } from './visit.ts';

/** What a rollout is compiled from. */
export interface RolloutParts {
  /** Where it stands in the flag. */
  readonly path: string;
  /** From 0 to 1. */
  readonly percentage: number;
  /** How many of the hundred places it takes. */
  readonly places: number;
  readonly salt: Salt;
  /** The field that the condition is written in, with the condition. */
  readonly condition: readonly [field: string, condition: Condition] | undefined;
  readonly onTaken: Resolution | Split;
}

/** A share of the visitors whose properties satisfy a condition, and what they get. */
export class Rollout {
  /** What everybody gets by it; undefined when that depends on them. */
  readonly constant: Resolution | undefined;
  private readonly parts: RolloutParts;
  private readonly places: number;
  private readonly condition: Condition | undefined;
  /** What everybody gets who is taken; undefined when that is one of several variants. */
  private readonly fixed: Resolution | undefined;

  constructor(parts: RolloutParts) {
    const { places, condition, onTaken } = parts;
    this.parts = parts;
    this.places = places;
    this.condition = condition?.[1];
    this.fixed = onTaken instanceof Split ? undefined : onTaken;
    this.constant = places === 100 && condition === undefined ? this.fixed : undefined;
  }

  /** Whether nobody is taken, whoever they are. */
  get isForNobody(): boolean {
    return this.places === 0;
  }

  /** What a visitor gets; undefined for those whom the rollout does not take. */
  outcomeFor(visit: Visit, subject: Subject): Resolution | undefined {
    const { places, condition, fixed, parts } = this;
    if (visit.trace !== undefined) return this.explain(visit, visit.trace, subject);
    if (places === 0) return undefined;
    if (condition !== undefined && !condition.holds(visit)) return undefined;
    if (places < 100 && subject.placeBy(parts.salt) >= places) return undefined;
    return fixed ?? (parts.onTaken as Split).outcomeFor(subject);
  }

  /** The same, with every step written down. */
  private explain(visit: Visit, trace: TraceStep[], subject: Subject): Resolution | undefined {
    const { onTaken } = this.parts;
    if (!this.explainShare(trace, subject) || !this.explainCondition(visit, trace)) {
      return undefined;
    }
    const { path } = this.parts;
    trace.push({ kind: 'rule', path, matched: true });
    if (!(onTaken instanceof Split)) return onTaken;
    trace.push(onTaken.explain(subject));
    return onTaken.outcomeFor(subject);
  }

  private explainShare(trace: TraceStep[], subject: Subject): boolean {
    const { path, percentage, places, salt } = this.parts;
    const place = subject.placeBy(salt);
    const matched = place < places;
    const detail = { bucket: place / 100, limit: percentage };
    trace.push({ kind: 'bucket', path: `${path}.rollout_percentage`, matched, detail });
    return matched;
  }

  private explainCondition(visit: Visit, trace: TraceStep[]): boolean {
    if (this.parts.condition === undefined) return true;
    const [field, condition] = this.parts.condition;
    const verdict = condition.try(visit);
    const matched = verdict === true;
    trace.push({
      kind: 'rule',
      path: `${this.parts.path}.${field}`,
      matched,
      ...(typeof verdict === 'string' && { detail: { error: verdict } }),
    });
    return matched;
  }
}
