import { describe, expect, it } from 'vitest';
import { environment, feature, identity, override } from '../fixtures/build.ts';
import { emulation, local, watched } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const UPDATED_AT = '2026-01-02T03:04:05.678Z';
const documentOf = (color: string) => ({
  ...environment({
    features: [feature('color', { enabled: true, feature_state_value: color })],
    identities: ['ann', 'joe'].map((user) => identity(user, [override('color', user)])),
  }),
  updated_at: UPDATED_AT,
});

/** A client that has definitions, and what its source had to do. */
async function loaded(options: Parameters<typeof serve>[1] = {}) {
  const emulator = await serve(documentOf('red'), options);
  const { source, counts } = watched(local(emulator));
  const client = connect(source);
  await client.ready();
  expect(counts).toEqual({ requests: 1, parses: 1, compiles: 1 });
  return { emulator, client, counts };
}

describe('definitions that have not changed', () => {
  it('are asked for on condition, and cost neither a parse nor a compile', async () => {
    const { emulator, client, counts } = await loaded();
    const before = client.snapshot().resolve('color');
    for (let unchanged = 1; unchanged <= 3; unchanged++) {
      expect(await client.refresh()).toMatchObject({ refreshes: { changed: 1, unchanged } });
    }
    expect(counts).toEqual({ requests: 4, parses: 1, compiles: 1 });
    const conditions = emulator
      .requestsTo('environment-document')
      .map(({ headers }) => headers['if-modified-since']);
    const date = 'Fri, 02 Jan 2026 03:04:05 GMT';
    expect(conditions).toEqual([undefined, date, date, date]);
    expect(client.snapshot().resolve('color')).toBe(before);
  });

  it('cost as little where the API knows no conditions', async () => {
    const { emulator, client, counts } = await loaded({ conditional: false });
    expect(await client.refresh()).toMatchObject({ refreshes: { changed: 1, unchanged: 1 } });
    expect(counts).toEqual({ requests: 2, parses: 1, compiles: 1 });
    for (const { headers } of emulator.requestsTo('environment-document')) {
      expect(headers).not.toHaveProperty('if-modified-since');
    }
  });

  it('cost as little in pages, which are all asked for', async () => {
    const { emulator, client, counts } = await loaded({ overridesPerPage: 1 });
    expect(await client.refresh()).toMatchObject({ refreshes: { changed: 1, unchanged: 1 } });
    expect(counts).toEqual({ requests: 2, parses: 1, compiles: 1 });
    expect(emulator.requestsTo('environment-document')).toHaveLength(4);
  });

  it('cost as little when they come compressed', async () => {
    const { client, counts } = await loaded({ conditional: false, encoding: 'gzip' });
    expect(await client.refresh()).toMatchObject({ refreshes: { changed: 1, unchanged: 1 } });
    expect(counts).toEqual({ requests: 2, parses: 1, compiles: 1 });
  });

  it('are not taken for those that have', async () => {
    const { emulator, client, counts } = await loaded();
    await client.refresh();
    emulator.publish(documentOf('blue'));
    expect(await client.refresh()).toMatchObject({ refreshes: { changed: 2, unchanged: 1 } });
    expect(counts).toEqual({ requests: 3, parses: 2, compiles: 2 });
    expect(client.resolve('color', 'none').value).toBe('blue');
  });
});

describe('a change within the second of the one before', () => {
  it('takes effect, although HTTP dates count seconds', async () => {
    const second = new Date(Math.floor(Date.now() / 1000) * 1000);
    const at = (ms: number) => new Date(second.getTime() + ms).toISOString();
    const emulator = await serve({ ...documentOf('red'), updated_at: at(100) });
    emulator.fail('environment-document', { headers: { date: second.toUTCString() } });
    const client = connect(local(emulator));
    await client.ready();
    const changed = { ...documentOf('blue'), updated_at: at(900) };
    emulator.publish(changed, { keepUpdatedAt: true });
    await client.refresh();
    expect(client.resolve('color', 'none').value).toBe('blue');
  });
});
