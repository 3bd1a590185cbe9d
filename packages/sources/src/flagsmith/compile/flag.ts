import type { Resolution, TraceStep } from '@halyard/core';
import type { FlagsmithFlagResult } from '../wire/evaluation-context.ts';
import { type CompiledState, compileState } from './compiled-state.ts';
import type { State } from './feature-state.ts';
import { problemOf, UnreadableState } from './malformed-state.ts';
import type { EnvironmentModel, WrittenState } from './model.ts';
import type { Segment } from './segment.ts';
import type { Visit } from './visit.ts';

/** What the flags of one environment have in common. */
export interface FlagSet {
  readonly environment: EnvironmentModel;
  readonly segments: readonly Segment[];
  /** What an earlier version of the definitions has compiled of a flag. */
  earlierStates(flagKey: string): readonly CompiledState[];
  /** Tells of a flag that cannot be understood. */
  report(flagKey: string, path: string, message: string): void;
}

/** A state that applies to whoever is in a segment. */
export class Override implements CompiledState {
  readonly segment: Segment;
  /** What the state gives everybody; undefined when it depends on the bucket. */
  readonly fixed: Resolution | undefined;
  readonly state: State;
  readonly written: unknown;
  readonly segmentName: string;

  constructor(segment: Segment, { state, written }: CompiledState) {
    this.segment = segment;
    this.fixed = state.constant;
    this.state = state;
    this.written = written;
    this.segmentName = segment.model.name;
  }
}

/** How Flagsmith names the segments it makes of identities with features of their own. */
export const IDENTITY_OVERRIDES = 'identity_overrides';

/**
 * One flag with everything that can override it: the index that lets a read look at nothing else. It is
 * compiled when first read; from then on it only chooses between outcomes made in advance.
 */
export class Flag {
  /** The same for every identity; undefined when it takes an evaluation to know. */
  readonly constant: Resolution | undefined;
  /** Everything compiled, for a later version of the definitions. */
  readonly states: readonly CompiledState[];
  /** The environment's own state. */
  readonly base: State;
  /** In the order in which they win: by priority, then as written. */
  readonly overrides: readonly Override[];
  private readonly name: string;
  private readonly set: FlagSet;
  private readonly ofIdentities: Map<string, State> | undefined;

  constructor(name: string, written: WrittenState, set: FlagSet) {
    const { base, overrides, problem } = compileStates(name, written, set);
    this.name = name;
    this.set = set;
    this.base = base?.state ?? new UnreadableState(name, problem);
    this.overrides = overrides;
    this.states = base === undefined ? [] : [base, ...overrides];
    const isOfIdentities = base !== undefined && set.environment.isSetForIdentities(name);
    this.ofIdentities = isOfIdentities ? new Map() : undefined;
    const isFixed = overrides.length === 0 && !isOfIdentities;
    this.constant = isFixed ? this.base.constant : undefined;
  }

  /** For evaluations without an identity. */
  get anonymous(): Resolution {
    return this.base.anonymous;
  }

  /** Evaluates the flag for a visit. */
  resolve(visit: Visit): Resolution {
    const own = this.ofIdentities && this.stateOf(visit.identifier);
    if (own !== undefined) return own.outcome(visit);
    const { overrides } = this;
    for (let i = 0; i < overrides.length; i++) {
      const { segment, fixed, state } = overrides[i] as Override;
      if (segment.matches(visit)) return fixed ?? state.outcome(visit);
    }
    return this.base.outcome(visit);
  }

  /** Evaluates the flag, and answers in the engine's own words. */
  decide(visit: Visit): FlagsmithFlagResult {
    const own = this.ofIdentities && this.stateOf(visit.identifier);
    const override = this.overrides.find(({ segment }) => segment.matches(visit));
    const winner = own ?? override?.state ?? this.base;
    return winner.result(winner.outcome(visit));
  }

  /** Evaluates the flag with every step written down. */
  explain(visit: Visit, trace: TraceStep[]): Resolution {
    const own = this.ofIdentities && this.stateOf(visit.identifier);
    if (this.ofIdentities !== undefined) {
      const path = `identity_overrides["${visit.identifier}"]`;
      trace.push({ kind: 'segment', path, matched: own !== undefined });
    }
    const winner = own ?? this.explainSegments(visit, trace) ?? this.base;
    const outcome = winner.outcome(visit);
    const { reason, variant } = winner.result(outcome);
    const bucket = winner.bucket(visit);
    if (bucket !== undefined) {
      const matched = reason.startsWith('SPLIT');
      trace.push({ kind: 'bucket', path: 'variants', matched, detail: { bucket, variant } });
    }
    const isError = outcome.errorCode !== undefined;
    if (winner === this.base && reason === 'DEFAULT' && !isError) {
      trace.push({ kind: 'default', path: 'feature_state_value', matched: true });
    }
    return outcome;
  }

  private explainSegments(visit: Visit, trace: TraceStep[]): State | undefined {
    for (const { segment, state } of this.overrides) {
      const matched = segment.matches(visit);
      const { path, name } = segment.model;
      // JSON has no infinity: without a priority, a segment wins over none that has one.
      const priority = Number.isFinite(state.priority) ? state.priority : null;
      trace.push({ kind: 'segment', path, matched, detail: { name, priority } });
      if (matched) return state;
    }
    return undefined;
  }

  /** What one identity has of its own; it wins over every segment. */
  private stateOf(identifier: string | undefined): State | undefined {
    const { ofIdentities, set, name } = this;
    if (identifier === undefined || ofIdentities === undefined) return undefined;
    const known = ofIdentities.get(identifier);
    if (known !== undefined) return known;
    const written = set.environment.stateFor(name, identifier);
    if (written === undefined) return undefined;
    const state = this.compileOwn(written);
    ofIdentities.set(identifier, state);
    return state;
  }

  private compileOwn(written: WrittenState): State {
    const { set, name } = this;
    const { bucketPrefix } = set.environment;
    try {
      const scope = { bucketPrefix, segmentName: IDENTITY_OVERRIDES, earlier: [] };
      return compileState(written, scope).state;
    } catch (thrown) {
      const problem = problemOf(thrown);
      set.report(name, problem.path, problem.message);
      return new UnreadableState(name, problem);
    }
  }
}

/** A flag's states, or the first problem with one of them: then the flag as a whole is an error. */
function compileStates(name: string, written: WrittenState, set: FlagSet) {
  const { bucketPrefix } = set.environment;
  const earlier = set.earlierStates(name);
  try {
    const base = compileState(written, { bucketPrefix, segmentName: undefined, earlier });
    const overrides = set.environment.overridesOf(name).map((override) => {
      const segment = set.segments[override.segment] as Segment;
      const scope = { bucketPrefix, segmentName: segment.model.name, earlier };
      return new Override(segment, compileState(override, scope));
    });
    overrides.sort((a, b) => byPriority(a.state.priority, b.state.priority));
    return { base, overrides, problem: { path: '', message: '' } };
  } catch (thrown) {
    const problem = problemOf(thrown);
    set.report(name, problem.path, problem.message);
    return { base: undefined, overrides: [], problem };
  }
}

/** Not a difference, which infinite priorities do not have. */
function byPriority(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
