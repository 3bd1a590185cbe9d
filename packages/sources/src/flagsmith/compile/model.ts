import type { FlagValue } from '@halyard/core';
import type { Visit } from './visit.ts';

/** What a feature is set to, whichever of Flagsmith's two formats it was written in. */
export interface FeatureModel {
  /** What percentages are computed from. */
  readonly key: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly value: FlagValue | null;
  readonly variants: readonly VariantModel[];
  /** Lower numbers win between segments; Infinity wins over nothing. */
  readonly priority: number;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  /** The experiment that runs on the feature, where the document tells of one. */
  readonly experiment?: { readonly id: string | number; readonly isActive: boolean };
}

/** One option of a multivariate feature. */
export interface VariantModel {
  readonly value: FlagValue | null;
  /** Per cent. */
  readonly weight: number;
  /** The order in which options take their shares. */
  readonly priority: number | bigint;
  readonly key: string | null;
}

/** A segment as written. */
export interface SegmentModel {
  readonly key: string;
  readonly name: string;
  readonly rules: unknown;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  /** Where it stands in the definitions, for diagnostics. */
  readonly path: string;
}

/** A feature state as written, which is read when it is needed. */
export interface WrittenState {
  readonly written: unknown;
  /** Throws a {@link MalformedState}. */
  read(): FeatureModel;
}

/** What a segment overrides a feature with. */
export interface WrittenOverride extends WrittenState {
  /** The segment's index. */
  readonly segment: number;
}

/** An environment, read lazily: loading indexes names, and nothing else. */
export interface EnvironmentModel {
  /** What all identities' bucketing keys begin with. */
  readonly bucketPrefix: string;
  /** What a condition calls the property it looks at. */
  readonly propertyField: 'property' | 'property_';
  /** Each feature's name once, in order. */
  readonly featureNames: readonly string[];
  readonly segments: readonly SegmentModel[];
  feature(name: string): WrittenState | undefined;
  /** What segments override a feature with, in the definitions' order. */
  overridesOf(name: string): readonly WrittenOverride[];
  /** Whether some identity has a state of its own of the feature. */
  isSetForIdentities(name: string): boolean;
  /** The features that one identity has a state of its own of. */
  namesSetFor(identifier: string | undefined): readonly string[];
  /** The state that one identity has of its own. */
  stateFor(name: string, identifier: string): WrittenState | undefined;
  /** The evaluation context as JSONPath sees it. */
  root(visit: Visit): unknown;
}

/** A feature state that cannot be understood. */
export class MalformedState extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}
