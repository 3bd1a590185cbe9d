import type { FlagSource } from '@halyard/core';
import { flagdFile } from '@halyard/sources/flagd';
import { flagsmith } from '@halyard/sources/flagsmith';
import { mixpanel } from '@halyard/sources/mixpanel';
import { posthog } from '@halyard/sources/posthog';

/** The keys that the emulators take. */
const FLAGSMITH_EMULATOR_KEY = 'ser.emulator';
const MIXPANEL_EMULATOR_TOKEN = 'emulator-token';
const POSTHOG_EMULATOR_KEY = 'phs_emulator';
const POSTHOG_EMULATOR_PROJECT = 'phc_emulator';

/** A backend the shop can be run on. */
interface Backend {
  /** The shop's own file that decides, from the repository's root; undefined when none does. */
  file(): string | undefined;
  source(): FlagSource;
}

/** By the name that FLAGS_SOURCE takes. */
const BACKENDS: Readonly<Record<string, Backend>> = {
  flagd: {
    file: () => 'apps/demo/flags.json',
    source: () => flagdFile(process.env.FLAGS_FILE ?? './flags.json'),
  },
  flagsmith: { file: flagsmithDocument, source: flagsmithSource },
  mixpanel: { file: mixpanelDefinitions, source: mixpanelSource },
  posthog: { file: posthogDefinitions, source: posthogSource },
};

/** The backend that FLAGS_SOURCE names; without it, the flag file. */
export function flagSource(): FlagSource {
  return backend().source();
}

/** The shop's own file that decides, from the repository's root; undefined when none does. */
export function flagFile(): string | undefined {
  return backend().file();
}

function backend(): Backend {
  const name = process.env.FLAGS_SOURCE ?? 'flagd';
  const named = Object.hasOwn(BACKENDS, name) ? BACKENDS[name] : undefined;
  if (named !== undefined) return named;
  throw new Error(
    `FLAGS_SOURCE is "${name}", which this shop does not know. Set it to one of: ${Object.keys(BACKENDS).join(', ')}; or leave it out for flagd.`,
  );
}

/** What the emulator serves. An environment at Flagsmith has its flags there. */
function flagsmithDocument(): string | undefined {
  const { FLAGSMITH_KEY = FLAGSMITH_EMULATOR_KEY } = process.env;
  return FLAGSMITH_KEY === FLAGSMITH_EMULATOR_KEY ? 'apps/demo/flagsmith.json' : undefined;
}

function flagsmithSource(): FlagSource {
  const { FLAGSMITH_KEY, FLAGSMITH_API_URL, FLAGSMITH_REALTIME_URL } = process.env;
  if (FLAGSMITH_API_URL === undefined && FLAGSMITH_KEY === undefined && !isBuild()) {
    throw new Error(
      'FLAGS_SOURCE is "flagsmith", but the shop does not know where Flagsmith is. Run `FLAGS_SOURCE=flagsmith npm run demo`, which starts an emulator; or set FLAGSMITH_KEY to the server-side key of an environment, and FLAGSMITH_API_URL if it is not on flagsmith.com.',
    );
  }
  return flagsmith({
    environmentKey: FLAGSMITH_KEY ?? FLAGSMITH_EMULATOR_KEY,
    apiUrl: FLAGSMITH_API_URL,
    realtime: true,
    realtimeUrl: FLAGSMITH_REALTIME_URL,
  });
}

/** What the emulator serves. A project at PostHog has its flags there. */
function posthogDefinitions(): string | undefined {
  const { POSTHOG_SECRET_KEY = POSTHOG_EMULATOR_KEY } = process.env;
  return POSTHOG_SECRET_KEY === POSTHOG_EMULATOR_KEY ? 'apps/demo/posthog.json' : undefined;
}

function posthogSource(): FlagSource {
  const { POSTHOG_PROJECT_KEY, POSTHOG_SECRET_KEY, POSTHOG_HOST } = process.env;
  if (POSTHOG_HOST === undefined && POSTHOG_SECRET_KEY === undefined && !isBuild()) {
    throw new Error(
      'FLAGS_SOURCE is "posthog", but the shop does not know where PostHog is. Run `FLAGS_SOURCE=posthog npm run demo`, which starts an emulator; or set POSTHOG_PROJECT_KEY and POSTHOG_SECRET_KEY to the keys of a project, and POSTHOG_HOST if it is not in the United States.',
    );
  }
  return posthog({
    projectKey: POSTHOG_PROJECT_KEY ?? POSTHOG_EMULATOR_PROJECT,
    secretKey: POSTHOG_SECRET_KEY ?? POSTHOG_EMULATOR_KEY,
    host: POSTHOG_HOST,
  });
}

/** What the emulator serves. A project at Mixpanel has its flags there. */
function mixpanelDefinitions(): string | undefined {
  const { MIXPANEL_TOKEN = MIXPANEL_EMULATOR_TOKEN } = process.env;
  return MIXPANEL_TOKEN === MIXPANEL_EMULATOR_TOKEN ? 'apps/demo/mixpanel.json' : undefined;
}

function mixpanelSource(): FlagSource {
  const { MIXPANEL_TOKEN, MIXPANEL_API_HOST } = process.env;
  if (MIXPANEL_API_HOST === undefined && MIXPANEL_TOKEN === undefined && !isBuild()) {
    throw new Error(
      'FLAGS_SOURCE is "mixpanel", but the shop does not know where Mixpanel is. Run `FLAGS_SOURCE=mixpanel npm run demo`, which starts an emulator; or set MIXPANEL_TOKEN to the token of a project, and MIXPANEL_API_HOST if it is not in the United States.',
    );
  }
  return mixpanel({
    token: MIXPANEL_TOKEN ?? MIXPANEL_EMULATOR_TOKEN,
    apiHost: MIXPANEL_API_HOST,
  });
}

/** A build reads no flags, and what it makes runs on any backend. */
function isBuild(): boolean {
  return process.env.NEXT_PHASE === 'phase-production-build';
}
