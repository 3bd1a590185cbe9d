import type { JsonValue, TraceStep } from '@halyard/core';
import type { Share } from '../dialect/share.ts';
import {
  bothInconclusive,
  FAILED,
  inconclusive,
  isFailed,
  isForServer,
  NO,
  OUT_OF_ROLLOUT,
  reasonOf,
  type Verdict,
  verdictName,
  YES,
} from '../dialect/verdict.ts';
import type { Cohort } from './cohort.ts';
import type { Filter } from './filter.ts';
import type { Outcome } from './outcome.ts';
import { Split } from './split.ts';
import type { Subject } from './subject.ts';
import type { Visit } from './visit.ts';

/** What a condition is compiled from. */
export interface ConditionParts {
  /** Where it stands in the flag. */
  readonly path: string;
  /** The group type that it looks at instead of what the flag is about. */
  readonly groupType: string | undefined;
  /** Undefined when they are malformed. */
  readonly filters: readonly Filter[] | undefined;
  readonly rollout: Share;
  readonly onMatch: Outcome | Split;
}

/** One way for a flag to be on: filters, a share of those who satisfy them, and what they get. */
export class Condition {
  readonly path: string;
  readonly groupType: string | undefined;
  /** What everybody gets by it; undefined when that depends on them. */
  readonly constant: Outcome | undefined;
  /** Whether it keeps everybody out by its percentage, and by nothing else. */
  readonly isForNobody: boolean;
  private readonly filters: readonly Filter[] | undefined;
  /** The cohort that is all it asks for; undefined for all other conditions. */
  private readonly cohort: Cohort | undefined;
  private readonly rollout: Share;
  /** Whether it takes no look at the percentage. */
  private readonly isForAll: boolean;
  /** What everybody who matches gets; undefined when that is one of several variants. */
  private readonly fixed: Outcome | undefined;
  private readonly split: Split | undefined;

  constructor({ path, groupType, filters, rollout, onMatch }: ConditionParts) {
    this.path = path;
    this.groupType = groupType;
    this.filters = filters;
    this.rollout = rollout;
    this.isForAll = !rollout.isPartial && rollout.includes('');
    this.split = onMatch instanceof Split ? onMatch : undefined;
    this.fixed = onMatch instanceof Split ? undefined : onMatch;
    const [first] = filters ?? [];
    this.cohort = filters?.length === 1 ? first?.cohort : undefined;
    const isUnfiltered = filters?.length === 0 && groupType === undefined;
    this.constant = isUnfiltered && this.isForAll ? this.fixed : undefined;
    this.isForNobody = isUnfiltered && !this.isForAll && !rollout.isPartial;
  }

  /** Yes, no, out of rollout, or why it cannot be told. */
  evaluate(visit: Visit, subject: Subject): Verdict {
    const { cohort } = this;
    if (visit.trace !== undefined) return this.explain(visit, visit.trace, subject);
    const verdict =
      cohort === undefined ? this.tryFilters(visit, subject) : cohort.verdict(visit, subject);
    return verdict === YES && !this.isForAll ? this.withRollout(subject) : verdict;
  }

  /** Of somebody who satisfies all filters. */
  private withRollout({ bucket }: Subject): Verdict {
    return this.rollout.includes(bucket) ? YES : OUT_OF_ROLLOUT;
  }

  /** Whether the percentage alone keeps somebody out. */
  keepsOut({ bucket }: Subject): boolean {
    return !this.rollout.includes(bucket);
  }

  /** What whoever matches gets. */
  outcomeFor({ bucket }: Subject, trace?: TraceStep[]): Outcome {
    const { fixed, split } = this;
    if (fixed !== undefined) return fixed;
    trace?.push((split as Split).explain(bucket));
    return (split as Split).outcomeFor(bucket);
  }

  /**
   * All filters hold, one does not, or it cannot be told. A filter that cannot be told leaves the others
   * to be tried: one of them may rule the condition out. It is for PostHog's servers only if the first
   * filter that could not be told is.
   */
  private tryFilters(visit: Visit, subject: Subject): Verdict {
    const { filters } = this;
    if (filters === undefined) return FAILED;
    let open = NO;
    for (let i = 0; i < filters.length; i++) {
      const filter = filters[i] as Filter;
      const verdict = filter.test(visit, subject);
      if (visit.trace !== undefined) this.explainFilter(visit.trace, i, verdict);
      if (verdict === YES) continue;
      if (verdict === NO) return NO;
      if (open === NO) {
        if (isFailed(verdict)) return FAILED;
        open = verdict;
      } else if (isFailed(verdict)) break;
      else if (!isForServer(open)) open = together(open, verdict);
    }
    return open === NO ? YES : open;
  }

  private explainFilter(trace: TraceStep[], index: number, verdict: Verdict): void {
    const { kind, detail: about } = (this.filters as readonly Filter[])[index] as Filter;
    const path = `${this.path}.properties[${index}]`;
    const detail: Record<string, JsonValue> = { ...about, verdict: verdictName(verdict) };
    trace.push({ kind, path, matched: verdict === YES, detail });
  }

  /** The same as {@link evaluate}, with every step written down. */
  private explain(visit: Visit, trace: TraceStep[], subject: Subject): Verdict {
    const { path, rollout } = this;
    const filtered = this.tryFilters(visit, subject);
    const verdict = filtered === YES ? this.withRollout(subject) : filtered;
    const matched = verdict === YES;
    if (filtered === YES && rollout.isPartial) {
      const detail = { bucket: rollout.placeOf(subject.bucket), limit: rollout.limit };
      trace.push({ kind: 'bucket', path: `${path}.rollout_percentage`, matched, detail });
    }
    trace.push({ kind: 'rule', path, matched, detail: { verdict: verdictName(verdict) } });
    return verdict;
  }
}

/** What only PostHog's servers know counts by its reason only, once something else was left open. */
function together(open: Verdict, next: Verdict): Verdict {
  return bothInconclusive(open, isForServer(next) ? inconclusive(reasonOf(next)) : next);
}
