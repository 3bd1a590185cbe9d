import { type Diagnostic, isSameJson } from '@halyard/core';
import type { CompiledState } from './compiled-state.ts';
import { Flag, type FlagSet } from './flag.ts';
import type { EnvironmentModel } from './model.ts';
import { Segment } from './segment.ts';

/** An environment's flags and segments, each compiled when it is first needed. */
export class Environment<Model extends EnvironmentModel = EnvironmentModel> implements FlagSet {
  readonly model: Model;
  readonly segments: readonly Segment[];
  readonly diagnostics: Diagnostic[];
  private readonly flags = new Map<string, Flag>();
  /** Holds the compiled parts alone, so that the earlier definitions can go. */
  private earlier = new Map<string, readonly CompiledState[]>();

  constructor(model: Model, diagnostics: Diagnostic[] = []) {
    this.model = model;
    this.diagnostics = diagnostics;
    this.segments = model.segments.map((_, i) => new Segment(i, model, diagnostics));
  }

  get environment(): EnvironmentModel {
    return this.model;
  }

  /** The flag of that name; undefined when there is none. */
  flag(name: string): Flag | undefined {
    return this.flags.get(name) ?? this.firstRead(name);
  }

  report(flagKey: string, path: string, message: string): void {
    this.diagnostics.push({ flagKey, path, severity: 'error', message });
  }

  earlierStates(name: string): readonly CompiledState[] {
    const states = this.earlier.get(name) ?? [];
    this.earlier.delete(name);
    return states;
  }

  /** Takes over what an earlier version has compiled, as far as it is still the same. */
  adopt(earlier: Environment): void {
    if (earlier.model.bucketPrefix !== this.model.bucketPrefix) return;
    for (const [name, flag] of earlier.flags) this.earlier.set(name, flag.states);
    const compiled = new Map(earlier.segments.map((segment) => [segment.model.key, segment]));
    for (const segment of this.segments) {
      const old = compiled.get(segment.model.key);
      if (!old?.isCompiled) continue;
      if (isSameJson(old.model.rules, segment.model.rules)) segment.adopt(old);
    }
  }

  private firstRead(name: string): Flag | undefined {
    const written = this.model.feature(name);
    if (written === undefined) return undefined;
    const flag = new Flag(name, written, this);
    this.flags.set(name, flag);
    return flag;
  }
}
