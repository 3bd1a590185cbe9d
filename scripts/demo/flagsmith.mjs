import { serveFlagsmithFile } from '@halyard/testing';
import { root } from '../tools/run.mjs';

const file = 'apps/demo/flagsmith.json';

/** Flagsmith's emulator, which serves a file and tells the shop of each change by a stream. */
export async function start() {
  const emulator = await serveFlagsmithFile({ path: root + file, log: console.error });
  return {
    file,
    about: `A Flagsmith emulator serves its flags at ${emulator.apiUrl}`,
    env: {
      FLAGSMITH_KEY: emulator.serverKey,
      FLAGSMITH_API_URL: emulator.apiUrl,
      FLAGSMITH_REALTIME_URL: emulator.realtimeUrl,
    },
    stop: () => emulator.close(),
  };
}
