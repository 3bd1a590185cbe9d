import { isJsonObject } from '@halyard/core';
import type {
  FlagsmithDocument,
  FlagsmithFeatureState,
  FlagsmithSegmentDefinition,
} from '../wire.ts';
import { featureOfState, nameOfState } from './document-feature.ts';
import type { EnvironmentModel, SegmentModel, WrittenOverride, WrittenState } from './model.ts';
import { allTraits, type Visit } from './visit.ts';

/** A feature state in its place within the document. */
class DocumentState implements WrittenOverride {
  readonly written: FlagsmithFeatureState;
  readonly segment: number;
  private readonly path: string;

  constructor(written: FlagsmithFeatureState, path: string, segment = -1) {
    this.written = written;
    this.path = path;
    this.segment = segment;
  }

  read() {
    return featureOfState(this.written, this.path);
  }
}

/** What loading found that has no name, and so can harm no flag. */
export type ReportOrphan = (path: string, message: string) => void;

const NO_OVERRIDES: readonly WrittenOverride[] = [];
const NO_NAMES: readonly string[] = [];

/** What one identity has of its own, by the features' names. */
type IdentityStates = Map<string, DocumentState>;

/** An environment document, with features, overrides and identities indexed by name. */
export class DocumentModel implements EnvironmentModel {
  readonly bucketPrefix: string;
  readonly propertyField = 'property_';
  readonly featureNames: readonly string[];
  readonly segments: readonly SegmentModel[];
  private readonly document: FlagsmithDocument;
  private readonly report: ReportOrphan;
  private readonly features = new Map<string, DocumentState>();
  private readonly overrides = new Map<string, WrittenOverride[]>();
  private readonly identities = new Map<string, IdentityStates>();
  private readonly namesWithIdentities = new Set<string>();
  private shared: object | undefined;

  constructor(document: FlagsmithDocument, report: ReportOrphan) {
    this.document = document;
    this.report = report;
    this.bucketPrefix = `${document.api_key}_`;
    const { feature_states } = document;
    for (let i = 0; i < feature_states.length; i++) this.addFeature(feature_states[i], i);
    this.featureNames = [...this.features.keys()];
    this.segments = (document.project.segments ?? []).map((segment, i) => this.segment(segment, i));
    document.identity_overrides?.forEach((identity, i) => {
      this.addIdentity(identity, `identity_overrides[${i}]`);
    });
  }

  feature(name: string): WrittenState | undefined {
    return this.features.get(name);
  }

  overridesOf(name: string): readonly WrittenOverride[] {
    return this.overrides.get(name) ?? NO_OVERRIDES;
  }

  isSetForIdentities(name: string): boolean {
    return this.namesWithIdentities.has(name);
  }

  namesSetFor(identifier: string | undefined): readonly string[] {
    const states = identifier === undefined ? undefined : this.identities.get(identifier);
    return states === undefined ? NO_NAMES : [...states.keys()];
  }

  stateFor(name: string, identifier: string): WrittenState | undefined {
    return this.identities.get(identifier)?.get(name);
  }

  /** What the identities of a feature have of their own, by identifier. */
  identitiesOf(name: string): Readonly<Record<string, unknown>> {
    if (!this.isSetForIdentities(name)) return {};
    const states = [...this.identities].flatMap(([identifier, own]) => {
      const state = own.get(name);
      return state === undefined ? [] : [[identifier, state.written] as const];
    });
    return Object.fromEntries(states);
  }

  root(visit: Visit): unknown {
    const { identifier } = visit;
    this.shared ??= sharedRoot(this.document);
    const key = `${this.bucketPrefix}${identifier}`;
    return { ...this.shared, identity: { identifier, key, traits: allTraits(visit) } };
  }

  /** Of several features with one name the last is used. */
  private addFeature(state: FlagsmithFeatureState | undefined, index: number): void {
    const name = nameOfState(state);
    const path = `feature_states[${index}]`;
    if (state === undefined || name === undefined) {
      this.report(path, 'expected a feature state with `feature.name`; it is left out');
    } else this.features.set(name, new DocumentState(state, path));
  }

  private segment(segment: FlagsmithSegmentDefinition, index: number): SegmentModel {
    const path = `project.segments[${index}]`;
    if (!isJsonObject(segment)) {
      this.report(path, 'expected a segment, an object with `id`, `name` and `rules`');
      return { key: '', name: '', rules: [], metadata: undefined, path };
    }
    const { id, name, rules, feature_states } = segment;
    if (Array.isArray(feature_states)) this.addOverrides(feature_states, index, path);
    return { key: keyOf(id), name, rules, metadata: { id, source: 'api' }, path };
  }

  private addOverrides(
    states: readonly FlagsmithFeatureState[],
    segment: number,
    path: string,
  ): void {
    for (let i = 0; i < states.length; i++) {
      const state = states[i];
      const name = nameOfState(state);
      const place = `${path}.feature_states[${i}]`;
      if (state === undefined || name === undefined) {
        this.report(place, 'expected a feature state with `feature.name`; it is left out');
        continue;
      }
      const override = new DocumentState(state, place, segment);
      const others = this.overrides.get(name);
      if (others === undefined) this.overrides.set(name, [override]);
      else others.push(override);
    }
  }

  private addIdentity(identity: unknown, path: string): void {
    const { identifier, identity_features: states } = Object(identity);
    if (states === null || states === undefined) return;
    if (typeof identifier !== 'string' || !Array.isArray(states)) {
      this.report(
        path,
        'expected `identifier`, a text, and `identity_features`, a list; it is left out',
      );
      return;
    }
    const known: IdentityStates = this.identities.get(identifier) ?? new Map();
    this.identities.set(identifier, known);
    for (let i = 0; i < states.length; i++) {
      const state = states[i];
      const name = nameOfState(state);
      const place = `${path}.identity_features[${i}]`;
      if (name === undefined) {
        this.report(place, 'expected a feature state with `feature.name`; it is left out');
        continue;
      }
      // Of several states of one feature the first is used.
      if (!known.has(name)) known.set(name, new DocumentState(state, place));
      this.namesWithIdentities.add(name);
    }
  }
}

/** A segment's number as a text. JSON can hold objects that cannot become one. */
function keyOf(id: unknown): string {
  return typeof id === 'object' && id !== null ? '' : String(id);
}

/** What every identity's evaluation context has in common. */
function sharedRoot({ api_key, name, feature_states, project }: FlagsmithDocument): object {
  const features: Record<string, unknown> = Object.create(null);
  for (const state of feature_states) {
    const feature = nameOfState(state);
    if (feature !== undefined) features[feature] = contextOfState(state);
  }
  const segments: Record<string, unknown> = Object.create(null);
  for (const segment of project.segments ?? []) {
    const { id, name: label, feature_states: states, rules } = Object(segment);
    const overrides = Array.isArray(states) ? states.map(contextOfState) : [];
    segments[keyOf(id)] = { key: keyOf(id), name: label, rules, overrides, metadata: { id } };
  }
  return { environment: { key: api_key, name }, features, segments };
}

/** A feature state as the engine's context has it; null when it is malformed. */
function contextOfState(state: FlagsmithFeatureState): unknown {
  try {
    const { key, name, enabled, value, variants, metadata } = featureOfState(state, '');
    return { key, name, enabled, value, ...(variants.length > 0 && { variants }), metadata };
  } catch {
    // A path that looks at a malformed feature finds nothing; the flag itself reports the problem.
    return null;
  }
}
