import { serveFlagsmithFile } from '@halyard/testing';
import type { FlagBackend } from './backend.ts';
import { startEmulation } from './emulated.ts';

/** As much of an environment document as is changed here. */
interface EnvironmentDocument {
  readonly feature_states: readonly {
    readonly feature: { readonly name: string };
    feature_state_value: unknown;
  }[];
}

/** Flagsmith's emulator, which serves an environment document. */
export async function startFlagsmith(): Promise<FlagBackend> {
  const { emulator, ...control } = await startEmulation({
    file: 'flagsmith.json',
    serve: serveFlagsmithFile,
    route: 'environment-document',
    cutOff: '{ "api_key": "lookout-supply", "feature_st',
    setDiscount({ feature_states }: EnvironmentDocument, percent) {
      const discount = feature_states.find(({ feature }) => feature.name === 'discount-percent');
      if (discount !== undefined) discount.feature_state_value = percent;
    },
    // A change that the shop is told of, so that it asks.
    announce: ({ publish }) => publish((document) => document),
  });
  return {
    environment: {
      FLAGSMITH_KEY: emulator.serverKey,
      FLAGSMITH_API_URL: emulator.apiUrl,
      FLAGSMITH_REALTIME_URL: emulator.realtimeUrl,
    },
    openingDiscount: { source: 'flagsmith', value: 5 },
    ruleWords: /feature_state|percentage_allocation|identity_features|property_|:semver/,
    ...control,
  };
}
