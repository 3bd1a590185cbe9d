import { isJsonObject } from '@halyard/core';
import type {
  FlagsmithEvaluationContext,
  FlagsmithFeatureContext,
  FlagsmithVariantContext,
} from '../wire/evaluation-context.ts';
import type {
  EnvironmentModel,
  FeatureModel,
  SegmentModel,
  VariantModel,
  WrittenOverride,
  WrittenState,
} from './model.ts';
import type { Visit } from './visit.ts';

/** The environment of an evaluation context, as Flagsmith's engine takes it. */
export class ContextModel implements EnvironmentModel {
  /** The context names the whole key. */
  readonly bucketPrefix = '';
  readonly propertyField = 'property';
  readonly featureNames: readonly string[];
  readonly segments: readonly SegmentModel[];
  private readonly context: FlagsmithEvaluationContext;
  private readonly features: Readonly<Record<string, FlagsmithFeatureContext>>;
  private readonly overrides = new Map<string, WrittenOverride[]>();

  constructor(context: FlagsmithEvaluationContext) {
    this.context = context;
    this.features = context.features ?? {};
    this.featureNames = Object.keys(this.features);
    this.segments = Object.values(context.segments ?? {}).map((segment, index) => {
      this.addOverrides(segment.overrides ?? [], index);
      const { key, name, rules, metadata } = segment;
      return {
        key: String(key),
        name,
        rules,
        metadata: metadata ?? undefined,
        path: `segments.${key}`,
      };
    });
  }

  feature(name: string): WrittenState | undefined {
    return Object.hasOwn(this.features, name) ? stateOf(this.features[name]) : undefined;
  }

  overridesOf(name: string): readonly WrittenOverride[] {
    // A feature is overridden by its name, which may differ from the key it stands under.
    const own = Object.hasOwn(this.features, name) ? this.features[name]?.name : undefined;
    return this.overrides.get(own ?? name) ?? [];
  }

  isSetForIdentities(): boolean {
    return false;
  }

  namesSetFor(): readonly string[] {
    return [];
  }

  stateFor(): undefined {
    return undefined;
  }

  root({ bucketKey }: Visit): unknown {
    const { identity } = this.context;
    if (!isJsonObject(identity)) return this.context;
    return { ...this.context, identity: { ...identity, key: bucketKey } };
  }

  private addOverrides(overrides: readonly FlagsmithFeatureContext[], segment: number): void {
    for (const override of overrides) {
      const others = this.overrides.get(override.name);
      const entry = { ...stateOf(override), segment };
      if (others === undefined) this.overrides.set(override.name, [entry]);
      else others.push(entry);
    }
  }
}

function stateOf(written: FlagsmithFeatureContext | undefined): WrittenState {
  return { written, read: () => featureOf(written as FlagsmithFeatureContext) };
}

function featureOf(feature: FlagsmithFeatureContext): FeatureModel {
  const { key, name, enabled, value = null, variants, priority, metadata } = feature;
  return {
    key: String(key),
    name,
    enabled,
    value,
    variants: (variants ?? []).map(variantOf),
    priority: priority ?? Number.POSITIVE_INFINITY,
    metadata: metadata ?? undefined,
  };
}

function variantOf({ value, weight, priority, key }: FlagsmithVariantContext): VariantModel {
  return { value, weight, priority: priority ?? Number.POSITIVE_INFINITY, key: key ?? null };
}
