import { type Diagnostic, isJsonObject } from '@halyard/core';
import { KnownNames } from '../dialect/property-names.ts';
import type { MixpanelDefinitions, MixpanelFlag } from '../wire.ts';
import { compileFlag } from './compile-flag.ts';
import { Conditions } from './conditions.ts';
import type { Flag } from './flag.ts';
import { Outcomes } from './outcomes.ts';

/** A project's flags, each compiled when it is first read. */
export class Project {
  readonly flagKeys: readonly string[];
  readonly conditions = new Conditions();
  readonly names = new KnownNames();
  private readonly diagnostics: Diagnostic[];
  /** As written; of several with one key the last. */
  private readonly written = new Map<string, MixpanelFlag>();
  private readonly flags = new Map<string, Flag>();
  /** Of an earlier version; holds the outcomes alone, so that the earlier definitions can go. */
  private readonly earlier = new Map<string, Outcomes>();

  constructor({ flags }: MixpanelDefinitions, diagnostics: Diagnostic[]) {
    this.diagnostics = diagnostics;
    for (let i = 0; i < flags.length; i++) {
      const flag: unknown = flags[i];
      if (isJsonObject(flag) && typeof flag.key === 'string') {
        this.written.set(flag.key, flag as unknown as MixpanelFlag);
      } else {
        const message = 'expected a flag, an object with a `key`; it is left out';
        this.diagnose('error', { path: `flags[${i}]`, message });
      }
    }
    this.flagKeys = [...this.written.keys()];
  }

  /** The flag of that key; undefined when there is none. */
  flag(key: string): Flag | undefined {
    return this.flags.get(key) ?? this.firstRead(key);
  }

  /** The flag as written; undefined when there is none. */
  definitionOf(key: string): MixpanelFlag | undefined {
    return this.written.get(key);
  }

  /** Takes over the outcomes of an earlier version, for flags that will turn out to be the same. */
  adopt(earlier: Project): void {
    for (const key of this.flagKeys) {
      const outcomes = earlier.flags.get(key)?.outcomes ?? earlier.earlier.get(key);
      if (outcomes !== undefined) this.earlier.set(key, outcomes);
    }
  }

  private firstRead(key: string): Flag | undefined {
    const written = this.written.get(key);
    if (written === undefined) return undefined;
    const earlier = this.earlier.get(key);
    this.earlier.delete(key);
    const outcomes = earlier?.areOf(written) ? earlier : new Outcomes(written);
    const flag = compileFlag(written, outcomes, {
      conditions: this.conditions,
      report: (path, message) => this.diagnose('error', { flagKey: key, path, message }),
      warn: (path, message) => this.diagnose('warning', { flagKey: key, path, message }),
    });
    this.flags.set(key, flag);
    return flag;
  }

  private diagnose(severity: Diagnostic['severity'], about: Omit<Diagnostic, 'severity'>): void {
    this.diagnostics.push({ ...about, severity });
  }
}
