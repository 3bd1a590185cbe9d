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
  private readonly problems: { readonly place: string; readonly message: string }[] = [];

  constructor(index: number, environment: EnvironmentModel, diagnostics: Diagnostic[]) {
    this.model = environment.segments[index] as SegmentModel;
    this.index = index;
    this.environment = environment;
    this.diagnostics = diagnostics;
  }

  /** Whether the rules have been compiled. */
  get isCompiled(): boolean {
    return this.test !== undefined;
  }

  /** Takes over the compiled rules of an equal segment, and what was wrong with them. */
  adopt(earlier: Segment): void {
    this.test = earlier.test;
    for (const { place, message } of earlier.problems) this.report(place, message);
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
    const { environment, model } = this;
    return compileRules(model.rules, {
      environment,
      segmentKey: model.key,
      report: (place, message) => this.report(place, message),
    });
  }

  private report(place: string, message: string): void {
    this.problems.push({ place, message });
    const path = `${this.model.path}.${place}`;
    this.diagnostics.push({ path, severity: 'warning', message });
  }
}
