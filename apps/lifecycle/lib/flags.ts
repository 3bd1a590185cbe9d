import type { Exposure } from '@halyard/core';
import { createFlags } from '@halyard/next';
import { functionSink } from '@halyard/server';
import { flagdDefinitions } from '@halyard/sources/flagd';
import { EXTRA_FLAGS } from './extra-flags.ts';
import { FLAG_KEYS } from './flag-keys.ts';
import { pause } from './pause.ts';

const ON = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' } as const;

/** Red for those whose cookie says that they pay, blue for everybody else. */
const HUE = {
  state: 'ENABLED',
  variants: { blue: 'blue', red: 'red' },
  defaultVariant: 'blue',
  targeting: { if: [{ '==': [{ var: 'plan' }, 'pro'] }, 'red', 'blue'] },
} as const;

/** Nearly every flag is on for everybody; who a visitor is, cookies say. */
export const flags = createFlags({
  source: flagdDefinitions({
    flags: { ...Object.fromEntries(FLAG_KEYS.map((key) => [key, ON])), hue: HUE, ...EXTRA_FLAGS },
  }),
  identify: ({ cookies, visitorId }) => ({
    targetingKey: cookies.get('visitor')?.value ?? visitorId,
    plan: cookies.get('plan')?.value,
  }),
  client: { flags: [...FLAG_KEYS, 'hue', ...Object.keys(EXTRA_FLAGS)] },
  exposures: {
    sink: functionSink(send, { name: 'test' }),
    sendTimeout: Number(process.env.SEND_TIMEOUT ?? 5000),
  },
});

/** To the test, at EXPOSURE_SINK_URL; nowhere without one. SEND_PAUSE: milliseconds until it is reached. */
async function send(batch: readonly Exposure[]): Promise<void> {
  const url = process.env.EXPOSURE_SINK_URL;
  if (!url) return;
  if (process.env.SEND_PAUSE) await pause(process.env.SEND_PAUSE);
  const body = JSON.stringify(batch);
  const response = await fetch(url, { method: 'POST', body, cache: 'no-store' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
}
