import type { JsonValue } from '@halyard/core';
import {
  type MixpanelFlag,
  type MixpanelRollout,
  mixpanel as source,
} from '@halyard/sources/mixpanel';
import { startMixpanelEmulator } from '@halyard/testing';
import { readFlagFile, type SpecCondition, type SpecFlag } from '../flag-file.ts';
import { ownMetadata, type RunningBackend, SOMEBODY, type SpecBackend } from './backend.ts';

/** Mixpanel's flag definitions, evaluated here. */
export const mixpanel: SpecBackend = {
  name: 'mixpanel',
  start,
  contextOf: (attributes) => ({ distinct_id: SOMEBODY, custom_properties: attributes }),
  reasonOf: (reason) => (reason === 'STATIC' || reason === 'DEFAULT' ? 'TARGETING_MATCH' : reason),
  reasons: ['every variant is one that a rollout has selected: TARGETING_MATCH'],
  skips: [
    {
      scenario: 'DISABLED reason',
      reason: 'Mixpanel serves enabled flags only: those that are disabled do not exist',
    },
    ...ownMetadata('metadata are what Mixpanel says of its experiments'),
  ],
};

async function start(): Promise<RunningBackend> {
  const flags = readFlagFile().filter(({ isDisabled }) => !isDisabled);
  const emulator = await startMixpanelEmulator({ definitions: { flags: flags.map(flagOf) } });
  const { apiHost, token } = emulator;
  return {
    source: source({ apiHost, token }),
    fail: (reply) => emulator.fail('definitions', reply),
    asked: () => emulator.received('definitions', 1),
    close: () => emulator.close(),
  };
}

function flagOf({ key, variants, defaultVariant, targeting }: SpecFlag): MixpanelFlag {
  const targeted: readonly MixpanelRollout[] =
    targeting === undefined
      ? []
      : [
          {
            rollout_percentage: 1,
            runtime_evaluation_rule: { and: targeting.conditions.map(logicOf) },
            variant_override: { key: targeting.variant },
          },
        ];
  return {
    key,
    context: 'distinct_id',
    ruleset: {
      variants: Object.entries(variants).map(([name, value]) => ({
        key: name,
        value,
        split: name === defaultVariant ? 1 : 0,
      })),
      rollout: [...targeted, ...(defaultVariant === undefined ? [] : [{ rollout_percentage: 1 }])],
    },
  };
}

function logicOf(condition: SpecCondition): JsonValue {
  const attribute = { var: condition.attribute };
  if (condition.is === 'falsy') return { '!': [attribute] };
  return { [condition.is === 'equal' ? '===' : '>']: [attribute, condition.value] };
}
