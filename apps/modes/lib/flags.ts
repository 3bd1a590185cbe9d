import type { Exposure } from '@halyard/core';
import { createFlags } from '@halyard/next';
import { functionSink } from '@halyard/server';
import { flagdDefinitions } from '@halyard/sources/flagd';
import { FLAG_KEYS, SERVER_FLAG, SHADE_FLAG } from './flag-keys.ts';

const ON = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' } as const;

const SHADE = {
  state: 'ENABLED',
  variants: { pale: 'pale', deep: 'deep' },
  defaultVariant: 'pale',
  targeting: { fractional: [{ var: 'targetingKey' }, ['pale', 50], ['deep', 50]] },
} as const;

/** Nearly every flag is on for everybody; who a visitor is, and whether they agree to be counted, cookies say. */
export const flags = createFlags({
  source: flagdDefinitions({
    flags: {
      ...Object.fromEntries([...FLAG_KEYS, SERVER_FLAG].map((key) => [key, ON])),
      [SHADE_FLAG]: SHADE,
    },
  }),
  identify: ({ cookies }) => ({ targetingKey: cookies.get('visitor')?.value }),
  client: { flags: [...FLAG_KEYS, SHADE_FLAG] },
  exposures: {
    sink: functionSink(send, { name: 'test' }),
    consent: ({ cookies }) => cookies.get('consent')?.value !== 'refused',
  },
});

/** To the test, at EXPOSURE_SINK_URL. */
async function send(batch: readonly Exposure[]): Promise<void> {
  const url = process.env.EXPOSURE_SINK_URL ?? '';
  const body = JSON.stringify(batch);
  const response = await fetch(url, { method: 'POST', body, cache: 'no-store' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
}
