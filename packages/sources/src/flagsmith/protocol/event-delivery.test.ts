import type { Reply } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { environment, feature, option } from '../fixtures/build.ts';
import { emulation, local, next } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const document = environment({
  features: [
    feature('button', { enabled: true, multivariate_feature_state_values: [option('B', 100)] }),
  ],
});

/** A client that sends events to an API that may reject those of some visitors. */
async function sending(rejected: readonly string[] = []) {
  const emulator = await serve(document, {
    rejectEvent: ({ identifier }) =>
      rejected.includes(`${identifier}`) ? `${identifier} is not welcome` : undefined,
  });
  const client = connect(local(emulator, { events: true }));
  await client.ready();
  const visit = (...visitors: readonly string[]) => {
    for (const targetingKey of visitors) client.resolve('button', 'none', { targetingKey });
  };
  return { emulator, client, visit };
}

describe('events that the API rejects one by one', () => {
  it('are counted as failed, and are not sent again', async () => {
    const { emulator, client, visit } = await sending(['eve', 'mallory']);
    const dropped = next(client, 'exposuresDropped');
    visit('ann', 'eve', 'joe', 'mallory');
    await client.flush();
    expect(await dropped).toMatchObject({ reason: 'failed' });
    expect((await dropped).cause?.message).toContain('is not welcome');
    expect(client.status().exposures).toMatchObject({
      recorded: 4,
      delivered: 2,
      failed: 2,
      pending: 0,
    });
    visit('ann', 'eve', 'joe', 'mallory');
    await client.flush();
    expect(emulator.events.map(({ identifier }) => identifier)).toEqual(['ann', 'joe']);
    expect(emulator.requestsTo('events')).toHaveLength(1);
  });

  it.each(['', 'accepted', '[]', '{"rejected":7}', '{"accepted":1,"rejected":[{"index":9}]}'])(
    'are those the answer names: %j names none',
    async (body) => {
      const { emulator, client, visit } = await sending();
      emulator.fail('events', { status: 202, body });
      visit('ann');
      await client.flush();
      expect(client.status().exposures).toMatchObject({ recorded: 1, delivered: 1, failed: 0 });
    },
  );
});

describe('a batch of events', () => {
  it.each<readonly [string, Reply]>([
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['429', { status: 429 }],
    ['a reset connection', { fault: 'reset' }],
  ])('that meets %s is sent again, and counts once', async (_what, fault) => {
    const { emulator, client, visit } = await sending();
    emulator.fail('events', fault, 1);
    visit('ann', 'joe');
    await client.flush({ deadline: 10_000 });
    expect(emulator.events.map(({ identifier }) => identifier)).toEqual(['ann', 'joe']);
    expect(emulator.requestsTo('events')).toHaveLength(2);
    expect(client.status().exposures).toMatchObject({ recorded: 2, delivered: 2, failed: 0 });
  });

  it('that fails at every try is lost, and said to be', async () => {
    const { emulator, client, visit } = await sending();
    emulator.fail('events', { status: 500 });
    visit('ann');
    await client.flush({ deadline: 10_000 });
    expect(emulator.requestsTo('events')).toHaveLength(3);
    expect(client.status().exposures).toMatchObject({ recorded: 1, delivered: 0, failed: 1 });
  });

  it('that is refused as a whole is not sent again', async () => {
    const { emulator, client, visit } = await sending();
    emulator.fail('events', { status: 400, body: { detail: 'no such environment' } });
    const dropped = next(client, 'exposuresDropped');
    visit('ann');
    await client.flush({ deadline: 10_000 });
    expect((await dropped).cause?.message).toContain('no such environment');
    expect(emulator.requestsTo('events')).toHaveLength(1);
    expect(client.status().exposures).toMatchObject({ delivered: 0, failed: 1, pending: 0 });
  });

  it('that is too large is sent in parts', async () => {
    const { emulator, client, visit } = await sending();
    emulator.fail('events', ({ body }) =>
      JSON.parse(body).events.length > 2 ? { status: 413 } : {},
    );
    const visitors = Array.from({ length: 7 }, (_, i) => `visitor-${i}`);
    visit(...visitors);
    await client.flush({ deadline: 10_000 });
    expect(emulator.events.map(({ identifier }) => identifier).sort()).toEqual(visitors);
    expect(client.status().exposures).toMatchObject({ delivered: 7, failed: 0 });
  });

  it('holds a thousand at most', async () => {
    const { emulator, client, visit } = await sending();
    visit(...Array.from({ length: 2500 }, (_, i) => `visitor-${i}`));
    await client.flush({ deadline: 10_000 });
    const sizes = emulator.requestsTo('events').map(({ body }) => JSON.parse(body).events.length);
    expect(sizes).toEqual([1000, 1000, 500]);
    expect(client.status().exposures).toMatchObject({ recorded: 2500, delivered: 2500 });
  });
});
