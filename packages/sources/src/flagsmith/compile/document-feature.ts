import type { FlagValue } from '@halyard/core';
import { isJsonObject } from '@halyard/core';
import type { FlagsmithFeatureState, FlagsmithMultivariateValue } from '../wire.ts';
import { type FeatureModel, MalformedState, type VariantModel } from './model.ts';

/** The name of the feature that a state is of; undefined when the state has none. */
export function nameOfState(state: unknown): string | undefined {
  const name = (state as FlagsmithFeatureState | null | undefined)?.feature?.name;
  return typeof name === 'string' ? name : undefined;
}

const NO_VARIANTS: readonly VariantModel[] = [];

/** Reads a feature state of an environment document. Throws a MalformedState that names the place. */
export function featureOfState(state: FlagsmithFeatureState, path: string): FeatureModel {
  const { feature, enabled, feature_state_value: value = null, feature_segment } = state;
  if (typeof enabled !== 'boolean') {
    throw new MalformedState(`${path}.enabled`, 'expected true or false');
  }
  requireValue(value, `${path}.feature_state_value`);
  const priority = feature_segment?.priority;
  return {
    key: String(state.django_id || state.featurestate_uuid || ''),
    name: feature.name,
    enabled,
    value,
    variants: variantsOf(state, path),
    priority: typeof priority === 'number' ? priority : Number.POSITIVE_INFINITY,
    metadata: { id: feature.id },
    ...experimentOf(state),
  };
}

function requireValue(value: unknown, path: string): void {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return;
  throw new MalformedState(path, 'expected a text, a number, true, false or null');
}

function variantsOf(state: FlagsmithFeatureState, path: string): readonly VariantModel[] {
  const values = state.multivariate_feature_state_values;
  if (values === undefined || values === null) return NO_VARIANTS;
  const place = `${path}.multivariate_feature_state_values`;
  if (!Array.isArray(values)) throw new MalformedState(place, 'expected a list');
  return values.map((value, i) => variantOf(value, `${place}[${i}]`));
}

function variantOf(written: FlagsmithMultivariateValue, path: string): VariantModel {
  const option = isJsonObject(written) ? written.multivariate_feature_option : undefined;
  if (!isJsonObject(option)) {
    throw new MalformedState(path, 'expected an object with `multivariate_feature_option`');
  }
  const weight = written.percentage_allocation;
  if (typeof weight !== 'number' || Number.isNaN(weight)) {
    throw new MalformedState(`${path}.percentage_allocation`, 'expected a number');
  }
  const { value = null, key } = option as FlagsmithMultivariateValue['multivariate_feature_option'];
  requireValue(value, `${path}.multivariate_feature_option.value`);
  return {
    value: value as FlagValue | null,
    weight,
    priority: written.id || uuidNumber(written.mv_fs_value_uuid),
    key: typeof key === 'string' ? key : null,
  };
}

/** A UUID as the number it stands for; options without one come last. */
function uuidNumber(uuid: string | undefined): number | bigint {
  const digits = typeof uuid === 'string' ? uuid.replaceAll('-', '') : '';
  return /^[0-9a-fA-F]{32}$/.test(digits) ? BigInt(`0x${digits}`) : Number.POSITIVE_INFINITY;
}

function experimentOf({ metadata }: FlagsmithFeatureState): Pick<FeatureModel, 'experiment'> {
  const experiment = metadata?.experiment;
  const id: unknown = experiment?.id;
  if (typeof id !== 'string' && typeof id !== 'number') return {};
  return { experiment: { id, isActive: experiment?.in_experiment !== false } };
}
