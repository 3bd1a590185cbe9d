import type { Diagnostic } from '@halyard/core';
import { Cohort } from './cohort.ts';
import { absentFlag, compileFlag } from './compile-flag.ts';
import type { DefinitionIndex } from './definitions.ts';
import type { FilterPlace, Surroundings } from './filter.ts';
import type { Flag } from './flag.ts';
import { Outcomes } from './outcome.ts';
import { compileGroup } from './property-group.ts';
import { type Reference, References } from './references.ts';

/** A project's flags and cohorts, each compiled when it is first needed. */
export class Project implements Surroundings {
  readonly definitions: DefinitionIndex;
  private readonly diagnostics: Diagnostic[];
  private readonly references: References;
  private readonly flags = new Map<string, Flag>();
  private readonly elsewhere = new Map<string, Flag>();
  private readonly cohorts = new Map<string, Cohort>();
  /** Of an earlier version; holds the outcomes alone, so that the earlier definitions can go. */
  private readonly earlier = new Map<string, Outcomes>();

  constructor(definitions: DefinitionIndex, diagnostics: Diagnostic[]) {
    this.definitions = definitions;
    this.diagnostics = diagnostics;
    this.references = new References(definitions);
  }

  /** The flag of that key; undefined when there is none, or none for here. */
  flag(key: string): Flag | undefined {
    return this.flags.get(key) ?? this.firstRead(key);
  }

  /** The cohort of that id; undefined when only PostHog's servers have it. */
  cohort(id: string): Cohort | undefined {
    const known = this.cohorts.get(id);
    if (known !== undefined || !this.definitions.hasCohort(id)) return known;
    const cohort = new Cohort(this.cohorts.size, () =>
      compileGroup(this.definitions.cohort(id), `cohorts["${id}"]`, {
        surroundings: this,
        owner: `cohort:${id}`,
        report: (path, message) => this.diagnose('error', { path, message }),
        warn: (path, message) => this.diagnose('warning', { path, message }),
        depth: 0,
      }),
    );
    this.cohorts.set(id, cohort);
    return cohort;
  }

  /** A flag that others depend on. One that is not for here is false, and so is one that is missing. */
  dependency(key: string): Flag {
    const flag = this.flag(key) ?? this.elsewhere.get(key);
    if (flag !== undefined) return flag;
    const absent = absentFlag(key, this.definitions);
    this.elsewhere.set(key, absent);
    return absent;
  }

  problemWith(reference: Reference, owner: Reference): string | undefined {
    return this.references.problemWith(reference, owner);
  }

  looksBeyondChains(reference: Reference): boolean {
    return this.references.looksBeyondChains(reference);
  }

  /** Everything that a flag's evaluation may lead to. */
  reachableFrom(key: string): ReadonlySet<Reference> {
    return this.references.reachableFrom(`flag:${key}`);
  }

  /** Takes over the outcomes of an earlier version, for flags that will turn out to be the same. */
  adopt(earlier: Project): void {
    for (const key of this.definitions.flagKeys) {
      const outcomes = earlier.flags.get(key)?.outcomes ?? earlier.earlier.get(key);
      if (outcomes !== undefined) this.earlier.set(key, outcomes);
    }
  }

  private firstRead(key: string): Flag | undefined {
    const written = this.definitions.flag(key);
    if (written === undefined) return undefined;
    const { hasMinimalEvents } = this.definitions;
    const earlier = this.earlier.get(key);
    this.earlier.delete(key);
    const outcomes = earlier?.areOf(written, hasMinimalEvents)
      ? earlier
      : new Outcomes(written, hasMinimalEvents);
    const flag = compileFlag(written, outcomes, this.placeOf(key));
    this.flags.set(key, flag);
    return flag;
  }

  private placeOf(key: string): FilterPlace {
    return {
      surroundings: this,
      owner: `flag:${key}`,
      report: (path, message) => this.diagnose('error', { flagKey: key, path, message }),
      warn: (path, message) => this.diagnose('warning', { flagKey: key, path, message }),
    };
  }

  private diagnose(severity: Diagnostic['severity'], about: Omit<Diagnostic, 'severity'>): void {
    this.diagnostics.push({ ...about, severity });
  }
}
