import { createFlagClient } from '@halyard/server';
import { fakeClock, type MixpanelEmulator, startMixpanelEmulator } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mixpanel, mixpanelDefinitions, mixpanelRemote } from './index.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const clock = fakeClock(NOW).now;
const ANN = { targetingKey: 'ann', distinct_id: 'd-ann' };

let emulator: MixpanelEmulator;

beforeEach(async () => {
  emulator = await startMixpanelEmulator({ definitions: { flags: [] }, clock });
});
afterEach(() => emulator.close());

function clientOf({ isRemote = false, withAccount = false } = {}) {
  const { apiHost, token, serviceAccount } = emulator;
  const options = { apiHost, token, ...(withAccount && { serviceAccount }) };
  return createFlagClient({
    source: isRemote ? mixpanelRemote(options) : mixpanel(options),
    clock,
    logger: { warn: () => {} },
  });
}

/** Sends what is tracked to the emulator. */
async function track(...events: readonly Parameters<ReturnType<typeof clientOf>['track']>[]) {
  const client = clientOf();
  for (const event of events) client.track(...event);
  await client.close();
  return client.status().tracking;
}

describe('a tracked event', () => {
  it('is an event of its own, with the details as its properties', async () => {
    await track(['purchase', ANN, { value: 9.5, items: ['tea'], token: 'mine', time: 'noon' }]);
    expect(emulator.events).toEqual([
      {
        event: 'purchase',
        properties: {
          value: 9.5,
          items: ['tea'],
          token: emulator.token,
          time: NOW / 1000,
          distinct_id: 'd-ann',
          $insert_id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
          mp_lib: 'halyard',
          $lib_version: expect.any(String),
        },
      },
    ]);
    expect(emulator.exposures).toEqual([]);
  });

  it('is imported where there is a service account', async () => {
    const client = clientOf({ withAccount: true });
    client.track('purchase', ANN, { value: 9.5 });
    client.track('purchase', { distinct_id: 'null' });
    await client.close();
    expect(emulator.events).toMatchObject([{ properties: { time: NOW, value: 9.5 } }]);
    expect(emulator.requestsTo('import')).toHaveLength(1);
    expect(client.status().tracking).toMatchObject({ delivered: 1, failed: 1 });
  });

  it('keeps the attributes of the context to this process', async () => {
    await track(['purchase', { ...ANN, custom_properties: { email: 'ann@example.com' } }]);
    expect(emulator.events).toHaveLength(1);
    expect(JSON.stringify(emulator.events)).not.toContain('example.com');
  });

  it('is nobody’s without a distinct id, and so is not sent', async () => {
    const counters = await track(['a', { targetingKey: 'ann' }], ['b', { distinct_id: '' }], ['c']);
    expect(emulator.events).toEqual([]);
    expect(counters).toMatchObject({ recorded: 0, ignored: 3 });
  });

  it('is of whom the context was about then, though it is used again for somebody else', async () => {
    const client = clientOf();
    const context = { distinct_id: 'd-ann' };
    client.track('purchase', context);
    context.distinct_id = 'd-ben';
    await client.close();
    expect(emulator.events).toMatchObject([{ properties: { distinct_id: 'd-ann' } }]);
  });

  it('counts once, however often it is sent', async () => {
    emulator.fail('track', [{ fault: 'truncate' }]);
    await track(['purchase', ANN]);
    expect([emulator.events.length, emulator.duplicates.length]).toEqual([1, 1]);
  });

  it('goes to Mixpanel also where Mixpanel evaluates', async () => {
    const client = clientOf({ isRemote: true });
    client.track('purchase', ANN);
    await client.close();
    expect(emulator.events).toMatchObject([{ event: 'purchase' }]);
  });
});

it('definitions without a Mixpanel take no events', () => {
  expect(mixpanelDefinitions({ flags: [] })).not.toHaveProperty('tracking');
});
