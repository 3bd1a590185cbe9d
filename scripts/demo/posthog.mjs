import { servePosthogFile } from '@halyard/testing';
import { root } from '../tools/run.mjs';

const file = 'apps/demo/posthog.json';

/** PostHog's emulator, which serves a file; the shop looks every second whether it is another. */
export async function start() {
  const emulator = await servePosthogFile({ path: root + file, log: console.error });
  return {
    file,
    about: `A PostHog emulator serves its flags at ${emulator.host}`,
    env: {
      POSTHOG_PROJECT_KEY: emulator.projectKey,
      POSTHOG_SECRET_KEY: emulator.secretKey,
      POSTHOG_HOST: emulator.host,
      FLAGS_REFRESH_INTERVAL: '1000',
    },
    stop: () => emulator.close(),
  };
}
