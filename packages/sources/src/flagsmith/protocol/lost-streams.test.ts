import type { FlagClient } from '@halyard/server';
import { type FlagsmithEmulator, startFlagsmithEmulator } from '@halyard/testing';
import { describe, expect, it, vi } from 'vitest';
import { environment, feature } from '../fixtures/build.ts';
import { emulation, eventually, local, NEVER, next } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const documentOf = (color: string) =>
  environment({ features: [feature('color', { enabled: true, feature_state_value: color })] });
/** The longest pause before a stream is connected to again, in milliseconds. */
const LONGEST_PAUSE = 30_000;

const lost = (client: FlagClient, times: number) =>
  eventually(() => expect(client.status().updates?.losses).toBe(times));
const connected = (client: FlagClient) =>
  eventually(() => expect(client.status().updates?.connected).toBe(true));

/** Faked timers may run far ahead of the network. */
function follow(emulator: FlagsmithEmulator): FlagClient {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  return connect(local(emulator, { realtime: true }), {
    transport: { maxAttempts: 1, timeout: NEVER },
  });
}

async function publishesTo(client: FlagClient, emulator: FlagsmithEmulator, color: string) {
  const changed = next(client, 'configurationChanged');
  emulator.publish(documentOf(color));
  expect((await changed).flagsChanged).toEqual(['color']);
  expect(client.resolve('color', 'none').value).toBe(color);
}

describe('a stream that is lost 50 times in a row', () => {
  it('by cut connections is followed again', async () => {
    const emulator = await serve(documentOf('red'));
    const client = follow(emulator);
    await emulator.streamsOpened(1);
    for (let i = 1; i <= 50; i++) {
      await connected(client);
      emulator.dropStreams();
      await lost(client, i);
      vi.advanceTimersByTime(LONGEST_PAUSE);
      await emulator.streamsOpened(i + 1);
    }
    await connected(client);
    expect(client.status()).toMatchObject({
      state: 'ready',
      updates: { connects: 51, losses: 50 },
    });
    await publishesTo(client, emulator, 'blue');
  });

  it('by refusals of every kind is followed again', async () => {
    const emulator = await serve(documentOf('red'));
    emulator.fail(
      'stream',
      [
        { fault: 'reset' },
        { status: 500 },
        { fault: 'garble' },
        { status: 204 },
        { body: { not: 'a stream' } },
      ].flatMap((reply) => Array(10).fill(reply)),
    );
    const client = follow(emulator);
    for (let i = 1; i <= 50; i++) {
      await lost(client, i);
      vi.advanceTimersByTime(LONGEST_PAUSE);
    }
    await connected(client);
    expect(client.status()).toMatchObject({ state: 'ready', updates: { connects: 1, losses: 50 } });
    await publishesTo(client, emulator, 'blue');
  });

  it('because nobody listens is followed again when somebody does', async () => {
    const first = await startFlagsmithEmulator({ document: documentOf('red') });
    const { port } = first;
    const client = follow(first);
    await connected(client);
    await first.close();
    for (let i = 1; i <= 50; i++) {
      await lost(client, i);
      vi.advanceTimersByTime(LONGEST_PAUSE);
    }
    await lost(client, 51);
    expect(client.resolve('color', 'none').value).toBe('red');
    const second = await serve(documentOf('red'), { port });
    vi.advanceTimersByTime(LONGEST_PAUSE);
    await second.streamsOpened(1);
    await connected(client);
    await publishesTo(client, second, 'blue');
  });
});
