import { isSameJson } from '@halyard/core';
import { FeatureState, type State } from './feature-state.ts';
import type { WrittenState } from './model.ts';

/** A compiled state beside what it was compiled from. */
export interface CompiledState {
  readonly written: unknown;
  readonly segmentName: string | undefined;
  readonly state: State;
}

/** What a state is compiled with. */
export interface StateScope {
  readonly bucketPrefix: string;
  /** The segment that the state is for; undefined for the environment's own. */
  readonly segmentName: string | undefined;
  /** What an earlier version of the definitions has compiled of the same flag. */
  readonly earlier: readonly CompiledState[];
}

/** Compiles a state, or takes over what was compiled from an equal one. Throws a MalformedState. */
export function compileState(source: WrittenState, scope: StateScope): CompiledState {
  const { written } = source;
  const { bucketPrefix, segmentName, earlier } = scope;
  const same = earlier.find(
    (state) => state.segmentName === segmentName && isSameJson(state.written, written),
  );
  const state = same?.state ?? new FeatureState(source.read(), { bucketPrefix, segmentName });
  return { written, segmentName, state };
}
