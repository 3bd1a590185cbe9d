import type { FlagSource } from '@halyard/core';
import { flagdFile } from '@halyard/sources/flagd';

/** The backends the shop can be run on, by the name that FLAGS_SOURCE takes. */
const SOURCES: Readonly<Record<string, () => FlagSource>> = {
  flagd: () => flagdFile(process.env.FLAGS_FILE ?? './flags.json'),
};

/** The backend that FLAGS_SOURCE names; without it, the flag file. */
export function flagSource(name = process.env.FLAGS_SOURCE ?? 'flagd'): FlagSource {
  const create = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
  if (create !== undefined) return create();
  throw new Error(
    `FLAGS_SOURCE is "${name}", which this shop does not know. Set it to one of: ${Object.keys(SOURCES).join(', ')}; or leave it out for flagd.`,
  );
}
