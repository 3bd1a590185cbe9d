import type { Exposure } from '@halyard/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExposureEndpoint, startExposureEndpoint } from '../../demo/e2e/harness/sink.ts';
import { runApplication } from './harness/application.ts';
import { mintedBy } from './harness/minted-by.ts';

let sink: ExposureEndpoint;
beforeAll(async () => {
  sink = await startExposureEndpoint();
});
afterAll(() => sink.close());
const application = runApplication(() => ({ EXPOSURE_SINK_URL: sink.url }));

const isOf = (visitor: string) => (arrival: Exposure) =>
  arrival.flagKey === 'bucket' && arrival.subject === visitor;

/** A visitor who has come to the start page, and has all of it. */
async function newcomer(): Promise<string> {
  const response = await fetch(application.url);
  await response.text();
  return mintedBy(response);
}

it('ids are minted on Edge', async () => {
  const response = await fetch(application.url);
  expect(response.headers.get('x-minted-on')).toBe('edge');
});

it('an Edge route has the id within the same request, and a read of a flag says what to do', async () => {
  const response = await fetch(`${application.url}/api/edge`);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({
    visitor: mintedBy(response),
    error: expect.stringMatching(/flags are read on Node\.js only.*remove `export const runtime/),
  });
});

it('what a page shows to a visitor minted on Edge counts once', async () => {
  const visitor = await newcomer();
  await sink.waitFor(isOf(visitor));
  // Exposures are sent in order: those of the visitor before have all arrived with this one's.
  await sink.waitFor(isOf(await newcomer()));
  expect(sink.arrivals.filter(isOf(visitor))).toHaveLength(1);
});

it('the server has nothing to complain of', () => {
  expect(application.output()).not.toMatch(/⨯|warn/i);
});
