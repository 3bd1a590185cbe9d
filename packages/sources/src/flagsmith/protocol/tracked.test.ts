import { fakeClock } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { environment } from '../fixtures/build.ts';
import { emulation, local, remote } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const NOW = Date.UTC(2026, 5, 7, 8, 9, 10, 11);
const clock = fakeClock(NOW).now;
const document = environment({ features: [] });

describe('what the application tracks', () => {
  it('is a custom event with every key', async () => {
    const emulator = await serve(document);
    const client = connect(local(emulator, { events: true }), { clock });
    client.track('purchase', { targetingKey: 'ann', plan: 'pro' }, { value: 9.5, items: ['tea'] });
    client.track('visit');
    await client.flush();
    const metadata = { sdk_version: expect.stringMatching(/^halyard\/\d/) };
    expect(emulator.events).toEqual([
      {
        event: 'purchase',
        feature_name: null,
        identifier: 'ann',
        value: '9.5',
        traits: { plan: 'pro' },
        metadata: { ...metadata, value: 9.5, items: ['tea'] },
        timestamp: NOW,
      },
      {
        event: 'visit',
        feature_name: null,
        identifier: null,
        value: null,
        traits: null,
        metadata,
        timestamp: NOW,
      },
    ]);
    expect(client.status().tracking).toMatchObject({ recorded: 2, delivered: 2 });
  });

  it('goes to Flagsmith also where Flagsmith evaluates', async () => {
    const emulator = await serve(document);
    const client = connect(remote(emulator, { events: true }), { clock });
    client.track('visit', { targetingKey: 'ann' });
    await client.flush();
    expect(emulator.events).toMatchObject([{ event: 'visit', identifier: 'ann' }]);
  });

  it('is not sent under a name that is Flagsmith’s own', async () => {
    const emulator = await serve(document);
    const client = connect(local(emulator, { events: true }), { clock });
    client.track('$flag_exposure', { targetingKey: 'ann' });
    await client.flush();
    expect(emulator.requestsTo('events')).toEqual([]);
    expect(client.status().tracking).toMatchObject({ recorded: 0, ignored: 1 });
  });

  it('is counted as lost where Flagsmith rejects it, in its own words', async () => {
    const emulator = await serve(document, {
      rejectEvent: ({ event }) => (event === 'bad' ? 'no such event' : undefined),
    });
    const client = connect(local(emulator, { events: true }), { clock });
    const causes: string[] = [];
    client.on('trackingDropped', ({ cause }) => causes.push(cause?.message ?? ''));
    client.track('bad', { targetingKey: 'ann' });
    client.track('good', { targetingKey: 'ann' });
    await client.flush();
    expect(emulator.events).toMatchObject([{ event: 'good' }]);
    expect(client.status().tracking).toMatchObject({ delivered: 1, failed: 1 });
    expect(causes).toEqual([expect.stringContaining('no such event')]);
  });

  it('stays here unless events are sent at all', async () => {
    const emulator = await serve(document);
    const client = connect(local(emulator), { clock });
    client.track('visit', { targetingKey: 'ann' });
    await client.flush();
    expect(emulator.requestsTo('events')).toEqual([]);
    expect(client.status().tracking).toBeUndefined();
  });
});
