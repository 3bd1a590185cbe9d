import { createFlagClient } from '@halyard/server';
import { fakeClock, type PosthogEmulator, startPosthogEmulator } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { posthog, posthogDefinitions, posthogRemote } from './index.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

let emulator: PosthogEmulator;

beforeEach(async () => {
  emulator = await startPosthogEmulator({ definitions: { flags: [] } });
});
afterEach(() => emulator.close());

/** Sends what is tracked to the emulator, from definitions or from answers of its own. */
async function track(...events: readonly Parameters<ReturnType<typeof clientOf>['track']>[]) {
  const client = clientOf();
  for (const event of events) client.track(...event);
  await client.close();
  return client.status().tracking;
}

function clientOf(isRemote = false) {
  const { host, projectKey, secretKey } = emulator;
  return createFlagClient({
    source: isRemote
      ? posthogRemote({ host, projectKey })
      : posthog({ host, projectKey, secretKey }),
    clock: fakeClock(NOW).now,
    logger: { warn: () => {} },
  });
}

describe('a tracked event', () => {
  it('is an event of its own, with the details as its properties', async () => {
    const context = { targetingKey: 'ann', plan: 'pro', groups: { company: 'acme' } };
    await track(['purchase', context, { value: 9.5, items: ['tea'], at: new Date(0) }]);
    expect(emulator.events).toEqual([
      {
        event: 'purchase',
        distinct_id: 'ann',
        timestamp: '2026-01-02T03:04:05.006Z',
        uuid: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        properties: {
          value: 9.5,
          items: ['tea'],
          at: '1970-01-01T00:00:00.000Z',
          $groups: { company: 'acme' },
          $lib: 'halyard',
          $lib_version: expect.any(String),
          $is_server: true,
          $geoip_disable: true,
        },
      },
    ]);
  });

  it('keeps the attributes of the context to this process', async () => {
    await track(['purchase', { targetingKey: 'ann', email: 'ann@example.com' }]);
    expect(JSON.stringify(emulator.events)).not.toContain('example.com');
  });

  it('is nobody’s without a distinct id, and so is not sent', async () => {
    const counters = await track(['a', {}], ['b', { targetingKey: '' }], ['c']);
    expect(emulator.events).toEqual([]);
    expect(counters).toMatchObject({ recorded: 0, ignored: 3 });
  });

  it('counts once, however often it is sent', async () => {
    emulator.fail('batch', [{ fault: 'truncate' }]);
    await track(['purchase', { targetingKey: 'ann' }]);
    expect([emulator.events.length, emulator.duplicates.length]).toEqual([1, 1]);
  });

  it('goes to PostHog also where PostHog evaluates', async () => {
    const client = clientOf(true);
    client.track('purchase', { targetingKey: 'ann' });
    await client.close();
    expect(emulator.events).toMatchObject([{ event: 'purchase', distinct_id: 'ann' }]);
  });
});

it('definitions without a PostHog take no events', () => {
  expect(posthogDefinitions({ flags: [] })).not.toHaveProperty('tracking');
});
