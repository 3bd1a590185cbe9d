import type { Verdict } from '../dialect/verdict.ts';
import type { FilterTest } from './filter.ts';
import type { Subject } from './subject.ts';
import type { Visit } from './visit.ts';

/** One cohort. Its filters are compiled when it is first tried. */
export class Cohort {
  private readonly index: number;
  private readonly compile: () => FilterTest;
  private test: FilterTest | undefined = undefined;

  /** `index`: its place among what a visit remembers. */
  constructor(index: number, compile: () => FilterTest) {
    this.index = index;
    this.compile = compile;
  }

  /** Whether a subject is in the cohort; found out once where a visit remembers it. */
  verdict(visit: Visit, subject: Subject): Verdict {
    const { cohorts } = visit;
    if (cohorts === undefined || !subject.isPerson) return this.try(visit, subject);
    const known = cohorts[this.index] as number;
    if (known !== 0) return known - 1;
    const verdict = this.try(visit, subject);
    cohorts[this.index] = verdict + 1;
    return verdict;
  }

  private try(visit: Visit, subject: Subject): Verdict {
    this.test ??= this.compile();
    return this.test(visit, subject);
  }
}
