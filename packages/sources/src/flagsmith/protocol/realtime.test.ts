import type { FlagClient } from '@halyard/server';
import type { FlagsmithEmulator } from '@halyard/testing';
import { describe, expect, it, vi } from 'vitest';
import { environment, feature } from '../fixtures/build.ts';
import { emulation, eventually, local, NEVER, next, watched } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const documentOf = (color: string) =>
  environment({
    features: [
      feature('color', { enabled: true, feature_state_value: color }),
      feature('size', { enabled: true }),
    ],
  });

/** A client whose stream is open, and whose refresh for that is over. */
async function followed() {
  const emulator = await serve(documentOf('red'));
  const { source, counts, heard } = watched(local(emulator, { realtime: true }));
  const client = connect(source);
  await refreshed(client, 2);
  expect(client.status().updates).toEqual({ connected: true, connects: 1, losses: 0 });
  expect(counts.requests).toBe(2);
  return { emulator, client, counts, heard };
}

function refreshed(client: FlagClient, count: number): Promise<void> {
  return eventually(() => {
    const { changed, unchanged } = client.status().refreshes;
    expect(changed + unchanged).toBe(count);
  });
}

const message = (updated_at: unknown) =>
  `event: environment_updated\ndata: ${JSON.stringify({ updated_at })}\n\n`;
const timeOf = ({ document }: FlagsmithEmulator) => Date.parse(document.updated_at ?? '');

describe('a change that is published', () => {
  it('arrives by the stream at once, and names the flags it changes', async () => {
    const { emulator, client, counts } = await followed();
    const changed = next(client, 'configurationChanged');
    emulator.publish(documentOf('blue'));
    expect((await changed).flagsChanged).toEqual(['color']);
    expect(client.resolve('color', 'none').value).toBe('blue');
    expect(counts.requests).toBe(3);
  });

  it('arrives by the next poll where the stream is silent, as it is for single identities', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const emulator = await serve(documentOf('red'));
    const { source, heard } = watched(local(emulator, { realtime: true }));
    // By the source's own interval; faked timers may run far ahead of the network.
    const transport = { maxAttempts: 1, timeout: NEVER };
    const client = connect(source, { refresh: {}, transport });
    await refreshed(client, 2);
    const changed = next(client, 'configurationChanged');
    emulator.publish(documentOf('blue'), { silent: true });
    vi.advanceTimersByTime(66_000);
    expect((await changed).flagsChanged).toEqual(['color']);
    expect(heard).toEqual([]);
  });

  it('is fetched whether the stream counts seconds or milliseconds', async () => {
    const { emulator, client } = await followed();
    emulator.publish(documentOf('blue'), { silent: true });
    const changed = next(client, 'configurationChanged');
    emulator.sendOnStreams(message(timeOf(emulator)));
    expect((await changed).flagsChanged).toEqual(['color']);
  });
});

describe('a stream of updates', () => {
  it('fetches nothing for what is old, and nothing for what makes no sense', async () => {
    const { emulator, client, counts, heard } = await followed();
    const time = timeOf(emulator);
    const nonsense = [
      ...[time / 1000, time / 1000 - 60, time, time - 1, 0, -1, '2099-01-01', null, {}, []],
    ].map(message);
    const garbage = [
      'data: not JSON\n\n',
      'data\n\n',
      'event: x\ndata: [1e999]\n\n',
      'data: null\n\n',
    ];
    const noise = [': keep-alive\n\n', 'id: 7\nretry: 1000\n\n', '\u0000\u0001\n\n', '\n\n\n'];
    emulator.sendOnStreams([...nonsense, ...garbage, ...noise, 'data: the end\n\n'].join(''));
    await eventually(() => expect(heard.at(-1)).toBe('the end'));
    expect(heard).toHaveLength(nonsense.length + garbage.length + 1);
    expect(counts.requests).toBe(2);
    expect(client.status().updates).toEqual({ connected: true, connects: 1, losses: 0 });

    const changed = next(client, 'configurationChanged');
    emulator.publish(documentOf('blue'));
    await changed;
    expect(counts.requests).toBe(3);
  });

  it('is asked for by the client-side key, and never sees the server-side one', async () => {
    const { emulator } = await followed();
    const [request] = emulator.requestsTo('stream');
    expect(request).toMatchObject({
      method: 'GET',
      url: `/sse/environments/${emulator.clientKey}/stream`,
      headers: { accept: 'text/event-stream' },
    });
    expect(emulator.clientKey).toBe('ENV');
    expect(request?.headers).not.toHaveProperty('x-environment-key');
    expect(JSON.stringify(request)).not.toContain(emulator.serverKey);
  });

  it('is not asked for before the definitions have told the key', async () => {
    const emulator = await serve(documentOf('red'));
    emulator.fail('environment-document', { status: 503 });
    const client = connect(local(emulator, { realtime: true }));
    await client.refresh();
    expect(client.status()).toMatchObject({ state: 'error', updates: { connects: 0, losses: 0 } });
    expect(emulator.requestsTo('stream')).toEqual([]);
    emulator.fail('environment-document', undefined);
    await client.refresh();
    await emulator.streamsOpened(1);
  });
});
