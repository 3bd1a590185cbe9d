import { serveMixpanelFile } from '@halyard/testing';
import { root } from '../tools/run.mjs';

const file = 'apps/demo/mixpanel.json';

/** Mixpanel's emulator, which serves a file; the shop looks every second whether it is another. */
export async function start() {
  const emulator = await serveMixpanelFile({ path: root + file, log: console.error });
  return {
    file,
    about: `A Mixpanel emulator serves its flags at ${emulator.apiHost}`,
    env: {
      MIXPANEL_TOKEN: emulator.token,
      MIXPANEL_API_HOST: emulator.apiHost,
      FLAGS_REFRESH_INTERVAL: '1000',
    },
    stop: () => emulator.close(),
  };
}
