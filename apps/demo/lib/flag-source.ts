import type { FlagSource } from '@halyard/core';
import { flagdFile } from '@halyard/sources/flagd';
import { flagsmith } from '@halyard/sources/flagsmith';

/** The key that the emulator takes. */
const EMULATOR_KEY = 'ser.emulator';

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
  const { FLAGSMITH_KEY = EMULATOR_KEY } = process.env;
  return FLAGSMITH_KEY === EMULATOR_KEY ? 'apps/demo/flagsmith.json' : undefined;
}

function flagsmithSource(): FlagSource {
  const { FLAGSMITH_KEY, FLAGSMITH_API_URL, FLAGSMITH_REALTIME_URL, NEXT_PHASE } = process.env;
  // A build reads no flags, and what it makes runs on any backend.
  const isBuild = NEXT_PHASE === 'phase-production-build';
  if (FLAGSMITH_API_URL === undefined && FLAGSMITH_KEY === undefined && !isBuild) {
    throw new Error(
      'FLAGS_SOURCE is "flagsmith", but the shop does not know where Flagsmith is. Run `FLAGS_SOURCE=flagsmith npm run demo`, which starts an emulator; or set FLAGSMITH_KEY to the server-side key of an environment, and FLAGSMITH_API_URL if it is not on flagsmith.com.',
    );
  }
  return flagsmith({
    environmentKey: FLAGSMITH_KEY ?? EMULATOR_KEY,
    apiUrl: FLAGSMITH_API_URL,
    realtime: true,
    realtimeUrl: FLAGSMITH_REALTIME_URL,
  });
}
