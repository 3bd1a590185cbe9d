import type { Diagnostic } from '@halyard/core';
import type { EnvironmentModel, SegmentModel } from './model.ts';
import { compileRules, type VisitTest } from './rule.ts';
import type { Visit } from './visit.ts';

const MATCHED = 1;
const NOT_MATCHED = 2;

/** One segment. Its rules are compiled when it is first tried. */
export class Segment {
  readonly index: number;
  readonly model: SegmentModel;
  private test: VisitTest | undefined = undefined;
  private readonly environment: EnvironmentModel;
  private readonly diagnostics: Diagnostic[];

  constructor(index: number, environment: EnvironmentModel, diagnostics: Diagnostic[]) {
    this.model = environment.segments[index] as SegmentModel;
    this.index = index;
    this.environment = environment;
    this.diagnostics = diagnostics;
  }

  /** The compiled rules, for a later version of the definitions; undefined before the first try. */
  get compiled(): VisitTest | undefined {
    return this.test;
  }

  /** Takes over rules that were compiled for an equal segment. */
  adopt(test: VisitTest): void {
    this.test = test;
  }

  /** Whether the visit is in the segment; found out once where a visit keeps what was tried. */
  matches(visit: Visit): boolean {
    const { tried } = visit;
    if (tried === undefined) return this.try(visit);
    const known = tried[this.index];
    if (known !== 0) return known === MATCHED;
    const matched = this.try(visit);
    tried[this.index] = matched ? MATCHED : NOT_MATCHED;
    return matched;
  }

  private try(visit: Visit): boolean {
    this.test ??= this.compile();
    return this.test(visit);
  }

  private compile(): VisitTest {
    const { environment, model, diagnostics } = this;
    const { rules, key, path } = model;
    return compileRules(rules, {
      environment,
      segmentKey: key,
      report: (place, message) =>
        diagnostics.push({ path: `${path}.${place}`, severity: 'warning', message }),
    });
  }
}
