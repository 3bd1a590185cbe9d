import { type Reply, serveFlagsmithFile } from '@halyard/testing';
import { copyFlagFile } from '../flag-file.ts';
import type { FlagBackend } from './backend.ts';

/** As much of an environment document as is changed here. */
interface EnvironmentDocument {
  readonly feature_states: readonly {
    readonly feature: { readonly name: string };
    feature_state_value: unknown;
  }[];
}

const UNAVAILABLE: Reply = { status: 500, body: 'out of order' };
const CUT_OFF: Reply = { body: '{ "api_key": "lookout-supply", "feature_st' };

/** Flagsmith's emulator, which serves an environment document. */
export async function startFlagsmith(): Promise<FlagBackend> {
  const file = await copyFlagFile<EnvironmentDocument>('flagsmith.json');
  let emulator = await serveFlagsmithFile({ path: file.path });
  let isDown = false;
  const { port, serverKey, apiUrl, realtimeUrl } = emulator;
  const close = async () => {
    if (!isDown) await emulator.close();
    isDown = true;
  };
  return {
    environment: {
      FLAGSMITH_KEY: serverKey,
      FLAGSMITH_API_URL: apiUrl,
      FLAGSMITH_REALTIME_URL: realtimeUrl,
    },
    openingDiscount: { source: 'flagsmith', value: 5 },
    ruleWords: /feature_state|percentage_allocation|identity_features|property_|:semver/,
    async setDiscount(percent) {
      emulator.fail('environment-document', undefined);
      await file.edit(({ feature_states }) => {
        const discount = feature_states.find(({ feature }) => feature.name === 'discount-percent');
        if (discount !== undefined) discount.feature_state_value = percent;
      });
      if (isDown) emulator = await serveFlagsmithFile({ path: file.path, port });
      isDown = false;
    },
    remove: close,
    async corrupt() {
      let answers = 0;
      emulator.fail('environment-document', () => (answers++ === 0 ? UNAVAILABLE : CUT_OFF));
      // A change that the shop is told of, so that it asks.
      emulator.publish((document) => document);
    },
    async stop() {
      await close();
      await file.cleanUp();
    },
  };
}
