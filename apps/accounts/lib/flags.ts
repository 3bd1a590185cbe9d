import type { ExposureSink } from '@halyard/core';
import { createFlags } from '@halyard/next';
import { functionSink } from '@halyard/server';
import { mirrorSource } from './mirror-source.ts';
import { accountOf } from './session.ts';

/** Both features sign their cookies with it; they cannot be taken for each other. */
const secret = process.env.FLAGS_SECRET ?? 'not a secret, but of thirty-two characters';

/** The application's flags. The one place where they are wired. */
export const flags = createFlags({
  source: mirrorSource(),
  identify: ({ cookies, bucketingKey }) => {
    const account = accountOf(cookies);
    return { targetingKey: bucketingKey(account?.id), plan: account?.plan };
  },
  client: {
    flags: ['bucket', 'cart', 'delivery', 'plan'],
    context: { attributes: { cartSize: 'number', plan: ['free', 'pro'] }, secret },
  },
  overrides: { secret, authorize: () => process.env.ALLOW_OVERRIDES === '1' },
  exposures: { sink: exposureSink() },
});

/** Where EXPOSURE_SINK_URL is set, exposures go to that address as batches of JSON. */
function exposureSink(): ExposureSink | false {
  const url = process.env.EXPOSURE_SINK_URL;
  if (url === undefined) return false;
  const post = async (batch: unknown) => {
    await fetch(url, { method: 'POST', body: JSON.stringify(batch), cache: 'no-store' });
  };
  // By its name every bundle knows it for the same sink, and counts together with the others.
  return functionSink(post, { name: 'http' });
}
