import type { JsonValue } from '@halyard/core';
import {
  type FlagsmithCondition,
  type FlagsmithDocument,
  type FlagsmithFeatureState,
  type FlagsmithMultivariateValue,
  flagsmith as source,
} from '@halyard/sources/flagsmith';
import { startFlagsmithEmulator } from '@halyard/testing';
import { readFlagFile, type SpecCondition, type SpecFlag } from '../flag-file.ts';
import { ownMetadata, type RunningBackend, SOMEBODY, type SpecBackend } from './backend.ts';

/** Flagsmith's environment document, evaluated here. */
export const flagsmith: SpecBackend = {
  name: 'flagsmith',
  start,
  contextOf: (attributes) => ({ targetingKey: SOMEBODY, ...attributes }),
  reasonOf(reason, value) {
    // A flag that is off is a disabled one.
    if (value === false && reason !== 'ERROR') return 'DISABLED';
    return reason === 'STATIC' ? 'SPLIT' : reason;
  },
  reasons: [
    'a flag that is off is a disabled one: DISABLED',
    'variants are shares, here of everybody: SPLIT',
  ],
  skips: [
    {
      scenario: 'Type mismatch error',
      withStep: 'a Boolean-flag',
      reason: 'any flag of Flagsmith’s can be read as a boolean, which is whether it is enabled',
    },
    {
      scenario: 'Type error',
      withStep: 'a boolean-flag',
      reason: 'any flag of Flagsmith’s can be read as a boolean, which is whether it is enabled',
    },
    ...ownMetadata('metadata are what Flagsmith says of the feature'),
  ],
};

async function start(): Promise<RunningBackend> {
  const emulator = await startFlagsmithEmulator({ document: documentOf(readFlagFile()) });
  const { apiUrl, serverKey: environmentKey } = emulator;
  return {
    source: source({ environmentKey, apiUrl }),
    fail: (reply) => emulator.fail('environment-document', reply),
    asked: () => emulator.received('environment-document', 1),
    close: () => emulator.close(),
  };
}

function documentOf(flags: readonly SpecFlag[]): FlagsmithDocument {
  return {
    api_key: 'client-key',
    feature_states: flags.map((flag, index) => ownState(flag, index + 1)),
    project: {
      segments: flags.flatMap((flag, index) => {
        const { key, targeting } = flag;
        if (targeting === undefined) return [];
        const { conditions, variant } = targeting;
        return [
          {
            id: index + 1,
            name: `targets of ${key}`,
            rules: [{ type: 'ALL' as const, conditions: conditions.map(conditionOf) }],
            feature_states: [stateOf(flag, index + 1, variant)],
          },
        ];
      }),
    },
  };
}

/** The default variant, as an option that everybody has: only options have names. */
function ownState(flag: SpecFlag, id: number): FlagsmithFeatureState {
  const { defaultVariant, isDisabled, targeting } = flag;
  const state = stateOf(flag, id, defaultVariant);
  const isNamed = defaultVariant !== undefined && targeting === undefined;
  return {
    ...state,
    enabled: state.enabled && !isDisabled,
    ...(isNamed && {
      multivariate_feature_state_values: [
        optionOf(defaultVariant, state.feature_state_value ?? null),
      ],
    }),
  };
}

function stateOf(flag: SpecFlag, id: number, variant: string | undefined): FlagsmithFeatureState {
  const value = variant === undefined ? undefined : flag.variants[variant];
  return {
    feature: { id, name: flag.key },
    // A boolean flag is whether it is enabled, and nothing beside that.
    enabled: value !== undefined && value !== false,
    feature_state_value: typeof value === 'boolean' ? null : featureValue(value),
  };
}

function optionOf(
  key: string,
  value: FlagsmithMultivariateValue['multivariate_feature_option']['value'],
): FlagsmithMultivariateValue {
  return { percentage_allocation: 100, multivariate_feature_option: { key, value } };
}

/** Flagsmith has texts and whole numbers; the texts stand for all else. */
function featureValue(value: JsonValue | undefined): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isInteger(value) ? value : String(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function conditionOf(condition: SpecCondition): FlagsmithCondition {
  const { attribute: property_ } = condition;
  if (condition.is === 'falsy') return { property_, operator: 'NOT_EQUAL', value: 'true' };
  const operator = condition.is === 'equal' ? 'EQUAL' : 'GREATER_THAN';
  return { property_, operator, value: String(condition.value) };
}
