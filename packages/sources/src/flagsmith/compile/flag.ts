import { errorResolution, isSameJson, messageOf, type TraceStep } from '@halyard/core';
import { FeatureState } from './feature-state.ts';
import { type EnvironmentModel, MalformedState, type WrittenState } from './model.ts';
import type { Outcome } from './outcome.ts';
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

/** A compiled state beside what it was compiled from. */
export interface CompiledState {
  readonly written: unknown;
  readonly segmentName: string | undefined;
  readonly state: FeatureState;
}

/** A state that applies to whoever is in a segment. */
interface Override extends CompiledState {
  readonly segment: Segment;
}

/** How Flagsmith names the segments it makes of identities with features of their own. */
const IDENTITY_OVERRIDES = 'identity_overrides';

/**
 * One flag with everything that can override it: the index that lets a read look at nothing else. It is
 * compiled when first read; from then on it only chooses between outcomes made in advance.
 */
export class Flag {
  /** For evaluations without an identity. */
  readonly anonymous: Outcome;
  /** The same for every identity; undefined when it takes an evaluation to know. */
  readonly constant: Outcome | undefined;
  private readonly name: string;
  private readonly set: FlagSet;
  private readonly base: CompiledState | undefined;
  /** In the order in which they win: by priority, then as written. */
  private readonly overrides: readonly Override[];
  private readonly ofIdentities: Map<string, Outcome | FeatureState> | undefined;

  constructor(name: string, written: WrittenState, set: FlagSet) {
    const { environment } = set;
    this.name = name;
    this.set = set;
    this.ofIdentities = environment.isSetForIdentities(name) ? new Map() : undefined;
    try {
      const earlier = set.earlierStates(name);
      this.base = compileState(written, { set, earlier, segmentName: undefined });
      this.overrides = overridesOf(name, set, earlier);
      this.anonymous = this.base.state.anonymous;
      const isFixed = this.overrides.length === 0 && this.ofIdentities === undefined;
      this.constant = isFixed ? this.base.state.constant : undefined;
    } catch (thrown) {
      this.base = undefined;
      this.overrides = [];
      this.ofIdentities = undefined;
      this.anonymous = this.malformed(thrown);
      this.constant = this.anonymous;
    }
  }

  /** Everything compiled, for a later version of the definitions. */
  get states(): readonly CompiledState[] {
    return this.base === undefined ? [] : [this.base, ...this.overrides];
  }

  /** Evaluates the flag for a visit. */
  decide(visit: Visit): Outcome {
    const own = this.ofIdentities && this.stateOf(visit.identifier);
    if (own !== undefined) return own instanceof FeatureState ? own.outcome(visit) : own;
    const { overrides } = this;
    for (let i = 0; i < overrides.length; i++) {
      const { segment, state } = overrides[i] as Override;
      if (segment.matches(visit)) return state.outcome(visit);
    }
    return this.base === undefined ? this.anonymous : this.base.state.outcome(visit);
  }

  /** Evaluates the flag with every step written down. */
  explain(visit: Visit, trace: TraceStep[]): Outcome {
    const outcome = this.decide(visit);
    const own = this.ofIdentities && this.stateOf(visit.identifier);
    if (this.ofIdentities !== undefined) {
      const path = `identity_overrides["${visit.identifier}"]`;
      trace.push({ kind: 'segment', path, matched: own !== undefined });
    }
    const winner = own ?? this.explainSegments(visit, trace) ?? this.base?.state;
    const bucket = winner instanceof FeatureState ? winner.bucket(visit) : undefined;
    const { variant } = outcome.result;
    if (bucket !== undefined) {
      const matched = outcome.result.reason.startsWith('SPLIT');
      trace.push({ kind: 'bucket', path: 'variants', matched, detail: { bucket, variant } });
    }
    if (winner === this.base?.state && variant === null) {
      trace.push({ kind: 'default', path: 'feature_state_value', matched: true });
    }
    return outcome;
  }

  private explainSegments(visit: Visit, trace: TraceStep[]): FeatureState | undefined {
    for (const { segment, state } of this.overrides) {
      const matched = segment.matches(visit);
      const { path, name } = segment.model;
      trace.push({ kind: 'segment', path, matched, detail: { name, priority: state.priority } });
      if (matched) return state;
    }
    return undefined;
  }

  /** What one identity has of its own; it wins over every segment. */
  private stateOf(identifier: string | undefined): FeatureState | Outcome | undefined {
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

  private compileOwn(written: WrittenState): FeatureState | Outcome {
    const { set } = this;
    try {
      return compileState(written, { set, earlier: [], segmentName: IDENTITY_OVERRIDES }).state;
    } catch (thrown) {
      return this.malformed(thrown);
    }
  }

  private malformed(thrown: unknown): Outcome {
    const { name, set } = this;
    const path = thrown instanceof MalformedState ? thrown.path : '';
    const message = messageOf(thrown);
    set.report(name, path, message);
    const place = path === '' ? '' : `${path}: `;
    return {
      result: { name, enabled: false, value: null, reason: 'DEFAULT', variant: null },
      resolution: Object.freeze(
        errorResolution('PARSE_ERROR', `flag "${name}": ${place}${message}`),
      ),
    };
  }
}

function overridesOf(
  name: string,
  set: FlagSet,
  earlier: readonly CompiledState[],
): readonly Override[] {
  return set.environment
    .overridesOf(name)
    .map((written) => {
      const segment = set.segments[written.segment] as Segment;
      const { name: segmentName } = segment.model;
      return { segment, ...compileState(written, { set, earlier, segmentName }) };
    })
    .sort((a, b) => byPriority(a.state.priority, b.state.priority));
}

interface StateScope {
  readonly set: FlagSet;
  readonly earlier: readonly CompiledState[];
  readonly segmentName: string | undefined;
}

/** Compiles a state, or takes over what was compiled from an equal one. */
function compileState(
  source: WrittenState,
  { set, earlier, segmentName }: StateScope,
): CompiledState {
  const { written } = source;
  const same = earlier.find(
    (state) => state.segmentName === segmentName && isSameJson(state.written, written),
  );
  if (same !== undefined) return { written, segmentName, state: same.state };
  const { bucketPrefix } = set.environment;
  return {
    written,
    segmentName,
    state: new FeatureState(source.read(), { bucketPrefix, segmentName }),
  };
}

/** Not a difference, which infinite priorities do not have. */
function byPriority(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
