import type { MixpanelEvent, Reply } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { emulation, given, local, next } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const definitions = { flags: [given('button', 'blue')] };
const WAYS = [
  ['track', false],
  ['import', true],
] as const;

/** A client that sends exposures, and visitors who are shown a flag. */
async function sending(withAccount: boolean, options: Parameters<typeof serve>[1] = {}) {
  const emulator = await serve(definitions, options);
  const { serviceAccount } = emulator;
  const client = connect(local(emulator, withAccount ? { serviceAccount } : {}));
  await client.ready();
  const visit = (...visitors: readonly string[]) => {
    for (const distinct_id of visitors) client.resolve('button', '', { distinct_id });
  };
  return { emulator, client, visit };
}

const idsOf = (events: readonly MixpanelEvent[]) =>
  events.map(({ properties }) => properties.distinct_id);

describe.each(WAYS)('by %s, a batch', (route, withAccount) => {
  it.each<readonly [string, Reply]>([
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['503', { status: 503 }],
    ['429', { status: 429 }],
    ['a reset connection', { fault: 'reset' }],
  ])('that meets %s is sent again, and counts once', async (_what, fault) => {
    const { emulator, client, visit } = await sending(withAccount);
    emulator.fail(route, fault, 1);
    visit('ann', 'joe');
    await client.flush({ deadline: 10_000 });
    expect(idsOf(emulator.exposures)).toEqual(['ann', 'joe']);
    expect(emulator.requestsTo(route)).toHaveLength(2);
    expect(client.status().exposures).toMatchObject({ recorded: 2, delivered: 2, failed: 0 });
  });

  it('whose answer is lost is sent again with the same insert ids, so that it counts once', async () => {
    const { emulator, client, visit } = await sending(withAccount);
    emulator.fail(route, { fault: 'truncate' }, 1);
    visit('ann', 'joe');
    await client.flush({ deadline: 10_000 });
    expect(idsOf(emulator.exposures)).toEqual(['ann', 'joe']);
    expect(emulator.duplicates).toEqual(emulator.exposures);
    expect(client.status().exposures).toMatchObject({ delivered: 2, failed: 0 });
  });

  it.each([400, 401, 403])(
    'that is answered %i with nothing more is lost, once',
    async (status) => {
      const { emulator, client, visit } = await sending(withAccount);
      emulator.fail(route, { status, body: { error: 'not with me' } });
      const dropped = next(client, 'exposuresDropped');
      visit('ann', 'joe');
      await client.flush({ deadline: 10_000 });
      expect((await dropped).cause?.message).toContain('not with me');
      expect(emulator.requestsTo(route)).toHaveLength(1);
      expect(client.status().exposures).toMatchObject({ delivered: 0, failed: 2, pending: 0 });
    },
  );

  it('that is too large is sent in parts', async () => {
    const { emulator, client, visit } = await sending(withAccount);
    const isLarge = (body: string) => body.split('experiment_started').length > 3;
    emulator.fail(route, ({ body }) => (isLarge(body) ? { status: 413 } : {}));
    const visitors = Array.from({ length: 7 }, (_, i) => `visitor-${i}`);
    visit(...visitors);
    await client.flush({ deadline: 10_000 });
    expect(idsOf(emulator.exposures)).toEqual(visitors);
    expect(client.status().exposures).toMatchObject({ delivered: 7, failed: 0 });
  });
});

describe('events that /track does not take', () => {
  it.each<readonly [string, unknown, string]>([
    ['because it says so', { status: 0, error: 'token, missing or empty' }, 'token, missing'],
    ['because something else has answered', '<html>Welcome</html>', '<html>Welcome</html>'],
  ])('%s are lost, and the success of the answer hides nothing', async (_why, body, words) => {
    const { emulator, client, visit } = await sending(false);
    emulator.fail('track', { status: 200, body });
    const dropped = next(client, 'exposuresDropped');
    visit('ann', 'joe');
    await client.flush();
    expect((await dropped).cause?.message).toContain(words);
    expect(emulator.requestsTo('track')).toHaveLength(1);
    expect(client.status().exposures).toMatchObject({ delivered: 0, failed: 2, pending: 0 });
  });

  it('are those of another project', async () => {
    const emulator = await serve(definitions);
    const client = connect(local(emulator, { token: 'another-projects', offline: definitions }));
    await client.ready();
    const dropped = next(client, 'exposuresDropped');
    client.resolve('button', '', { distinct_id: 'ann' });
    await client.flush();
    expect((await dropped).cause?.message).toContain('token, missing or not valid');
    expect(emulator.events).toEqual([]);
  });
});

describe('events that /import does not take', () => {
  it('are counted, each with the reason, and the others are delivered', async () => {
    const { emulator, client, visit } = await sending(true);
    const dropped = next(client, 'exposuresDropped');
    const placeholders = ['anon', 'null', '0', '00000000-0000-0000-0000-000000000000'];
    visit('ann', ...placeholders, 'joe');
    await client.flush();
    expect((await dropped).cause?.message).toContain(
      `'properties.distinct_id' is invalid: must not be the placeholder "anon"`,
    );
    expect(idsOf(emulator.exposures)).toEqual(['ann', 'joe']);
    expect(emulator.requestsTo('import')).toHaveLength(1);
    expect(client.status().exposures).toMatchObject({
      recorded: 6,
      delivered: 2,
      failed: 4,
      pending: 0,
    });
  });

  it('are all of a batch where none is sound', async () => {
    const { emulator, client, visit } = await sending(true, { clock: () => 0 });
    visit('ann', 'joe');
    const dropped = next(client, 'exposuresDropped');
    await client.flush();
    expect((await dropped).cause?.message).toContain('properties.time');
    expect(emulator.exposures).toEqual([]);
    expect(client.status().exposures).toMatchObject({ delivered: 0, failed: 2 });
  });

  it('do not come to be too many bytes', async () => {
    const { emulator, client } = await sending(true);
    const long = 'x'.repeat(3000);
    for (let i = 0; i < 900; i++) client.resolve('button', '', { distinct_id: `${long}${i}` });
    await client.flush({ deadline: 10_000 });
    const sizes = emulator.requestsTo('import').map(({ body }) => Buffer.byteLength(body));
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000_000);
    expect(client.status().exposures).toMatchObject({ delivered: 900, failed: 0 });
  });
});
