import type { Resolution, TraceStep } from '@halyard/core';
import type { Share } from '../dialect/share.ts';
import {
  FAILED,
  inconclusive,
  isAboutPattern,
  isFailed,
  isForServer,
  MISSING_CONTEXT,
  NO,
  NO_REASON,
  OUT_OF_ROLLOUT,
  type Reason,
  reasonOf,
  requiresServer,
  type Verdict,
  YES,
} from '../dialect/verdict.ts';
import type { Condition } from './condition.ts';
import type { DefinitionIndex } from './definitions.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import type { Subject } from './subject.ts';
import { reasonInDefinition } from './support.ts';
import type { Visit } from './visit.ts';

/** Whom a flag is about: the person, the device they are at, or their group of some type. */
export type Aggregation =
  | { readonly kind: 'person' }
  | { readonly kind: 'device' }
  | { readonly kind: 'group'; readonly type: string };

/** Who is held out of a flag, whatever its conditions say. */
export interface Holdout {
  readonly share: Share;
  readonly outcome: Outcome;
}

/** What a flag is compiled from. */
export interface FlagParts {
  /** What everybody gets before any condition is tried, and the field that says so. */
  readonly settled: { readonly outcome: Outcome; readonly path: string } | undefined;
  readonly aggregation: Aggregation;
  readonly holdout: Holdout | undefined;
  /** In the order in which they are tried. */
  readonly conditions: readonly Condition[];
  /** Whether a condition that matches, but not within its percentage, ends the evaluation. */
  readonly isEarlyExit: boolean;
  /** Whether the flag is evaluated as if no other had been read, because it would make a difference. */
  readonly isAfresh: boolean;
  readonly key: string;
  /** What to look at where the flag is left to PostHog's servers. */
  readonly definitions: DefinitionIndex;
}

/**
 * One flag, compiled: tries its conditions in order, and chooses between outcomes made in advance. What it
 * depends on is evaluated only as far as a condition asks for it.
 */
export class Flag {
  // What a read needs comes first, and as few steps away as can be: with thousands of flags, fetching
  // them from memory takes longer than evaluating them.
  /** What the same outcome for everybody resolves to. */
  readonly constantResolution: Resolution | undefined;
  private readonly isAfresh: boolean;
  private readonly isAboutPerson: boolean;
  private readonly holdout: Holdout | undefined;
  private readonly conditions: readonly Condition[];
  /** The same for everybody; undefined when it takes an evaluation to know. */
  readonly constant: Outcome | undefined;
  readonly outcomes: Outcomes;
  private readonly parts: FlagParts;
  private readonly aggregation: Aggregation;

  constructor(outcomes: Outcomes, parts: FlagParts) {
    const { settled, aggregation, conditions, holdout } = parts;
    this.outcomes = outcomes;
    this.parts = parts;
    this.conditions = conditions;
    this.aggregation = aggregation;
    this.holdout = holdout;
    this.isAfresh = parts.isAfresh;
    this.isAboutPerson = aggregation.kind === 'person';
    const isForAll = this.isAboutPerson && holdout === undefined;
    this.constant = settled?.outcome ?? (isForAll ? this.constantOf(parts) : undefined);
    this.constantResolution = this.constant?.resolution;
  }

  private get off(): Outcome {
    return this.outcomes.off;
  }

  /** What the flag is for a visit, for whoever reads it. */
  resolve(visit: Visit): Resolution {
    const outcome = this.isAfresh ? visit.afresh(this) : this.evaluate(visit);
    return outcome.resolution;
  }

  /** Evaluates the flag for a visit; with a trace, with every step written down. */
  evaluate(visit: Visit): Outcome {
    if (visit.trace === undefined) return this.constant ?? this.decide(visit);
    const outcome = this.parts.settled?.outcome ?? this.decide(visit);
    const path = this.parts.settled?.path ?? 'filters.groups';
    if (outcome === this.parts.settled?.outcome || outcome === this.off) {
      visit.trace.push({ kind: 'default', path, matched: true });
    }
    return outcome;
  }

  /** What conditions give that come before any that depends on who asks. */
  private constantOf({ conditions, isEarlyExit }: FlagParts): Outcome | undefined {
    for (const { constant, isForNobody } of conditions) {
      if (!isForNobody) return constant;
      if (isEarlyExit) break;
    }
    return this.off;
  }

  private decide(visit: Visit): Outcome {
    const subject = this.isAboutPerson ? visit : this.subjectOf(visit);
    if (subject === undefined) return this.withoutSubject();
    const { holdout } = this;
    if (holdout !== undefined) {
      const isHeldOut = holdout.share.includes(subject.bucket);
      if (visit.trace !== undefined) explainHoldout(visit.trace, holdout, subject);
      if (isHeldOut) return holdout.outcome;
    }
    return this.tryConditions(visit, subject);
  }

  private subjectOf(visit: Visit): Subject | undefined {
    const { aggregation } = this;
    return aggregation.kind === 'group' ? visit.group(aggregation.type) : visit.device;
  }

  /** Of a visitor who is in no such group: not for them. Of one at no device: nothing can be tried. */
  private withoutSubject(): Outcome {
    if (this.aggregation.kind === 'group') return this.off;
    const written = this.reasonInDefinition();
    return this.open(written === undefined ? FAILED : inconclusive(written || MISSING_CONTEXT));
  }

  private tryConditions(visit: Visit, subject: Subject): Outcome {
    const { conditions } = this;
    let doubts: Doubts | undefined;
    for (let i = 0; i < conditions.length; i++) {
      const condition = conditions[i] as Condition;
      const { groupType } = condition;
      const about = groupType === undefined ? subject : visit.group(groupType);
      // A condition about a group that the visitor is not in is not for them.
      if (about === undefined) continue;
      const verdict = condition.evaluate(visit, about);
      if (verdict === NO) continue;
      if (verdict === YES) {
        const outcome = condition.outcomeFor(about, visit.trace);
        return doubts?.contradict(outcome) ? this.open(doubts.verdict) : outcome;
      }
      if (verdict === OUT_OF_ROLLOUT) {
        if (!this.parts.isEarlyExit) continue;
        break;
      }
      if (isFailed(verdict)) return this.open(verdict);
      if (isForServer(verdict)) return this.open(this.forServer(doubts, verdict));
      doubts ??= new Doubts();
      doubts.add(verdict);
      if (isAboutPattern(verdict)) doubts.defer(this.deferred(condition, about));
    }
    return doubts === undefined ? this.off : this.open(doubts.verdict);
  }

  /** What a condition would give whose pattern could not be matched here. */
  private deferred(condition: Condition, subject: Subject): Outcome {
    const isOff = this.parts.isEarlyExit && condition.keepsOut(subject);
    return isOff ? this.off : condition.outcomeFor(subject);
  }

  /** Later conditions are not tried, so they have their say by what stands in the definition. */
  private forServer(doubts: Doubts | undefined, verdict: Verdict): Verdict {
    const written = this.reasonInDefinition() ?? NO_REASON;
    return requiresServer(Math.max(doubts?.reason ?? NO_REASON, reasonOf(verdict), written));
  }

  private reasonInDefinition(): Reason | undefined {
    return reasonInDefinition(this.parts.key, this.parts.definitions);
  }

  private open(verdict: Verdict): Outcome {
    return this.outcomes.open(verdict);
  }
}

/** What conditions that could not be told leave behind. */
class Doubts {
  reason: Reason = NO_REASON;
  private isAboutPattern = false;
  private readonly deferred: Outcome[] = [];

  get verdict(): Verdict {
    return inconclusive(this.reason, this.isAboutPattern);
  }

  add(verdict: Verdict): void {
    this.reason = Math.max(this.reason, reasonOf(verdict));
    this.isAboutPattern ||= isAboutPattern(verdict);
  }

  /** Keeps what a condition would have given. */
  defer(outcome: Outcome): void {
    this.deferred.push(outcome);
  }

  /** Whether a pattern, had it been matched, might have given something else. */
  contradict({ value }: Outcome): boolean {
    return this.deferred.some((outcome) => outcome.value !== value);
  }
}

function explainHoldout(trace: TraceStep[], { share }: Holdout, { bucket }: Subject): void {
  const detail = { bucket: share.placeOf(bucket), limit: share.limit };
  const matched = share.includes(bucket);
  trace.push({ kind: 'bucket', path: 'filters.holdout', matched, detail });
}
