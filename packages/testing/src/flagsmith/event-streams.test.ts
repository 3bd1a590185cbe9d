import { describe, expect, it } from 'vitest';
import type { FlagsmithEmulator } from '../index.ts';
import { emulators, shop } from './fixtures/shop.ts';

const start = emulators();

/** Opens a stream. `read` resolves with what comes next; undefined when the stream has ended. */
async function open(emulator: FlagsmithEmulator, key = 'client-key') {
  const url = new URL(`sse/environments/${key}/stream`, emulator.realtimeUrl);
  const controller = new AbortController();
  const response = await fetch(url, { signal: controller.signal });
  const reader = response.body?.getReader();
  return {
    response,
    leave: () => controller.abort(),
    async read() {
      const { value } = (await reader?.read()) ?? {};
      return value === undefined ? undefined : Buffer.from(value).toString();
    },
  };
}

describe('a stream', () => {
  it('begins with a comment', async () => {
    const { response, read } = await open(await start());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await read()).toBe(': connected\n\n');
  });

  it('tells of each publication, in seconds', async () => {
    const emulator = await start();
    const { read } = await open(emulator);
    await read();
    emulator.publish(shop({ updatedAt: '2026-01-01T00:00:01.5Z' }), { keepUpdatedAt: true });
    expect(await read()).toBe('event: environment_updated\ndata: {"updated_at":1767225601.5}\n\n');
    emulator.publish(shop());
    const seconds = Date.parse(String(emulator.document.updated_at)) / 1_000;
    expect(await read()).toContain(`data: {"updated_at":${seconds}}`);
  });

  it('does not tell of a silent publication', async () => {
    const emulator = await start();
    const { read } = await open(emulator);
    await read();
    emulator.publish(shop(), { silent: true });
    emulator.sendOnStreams(': next\n\n');
    expect(await read()).toBe(': next\n\n');
  });

  it('needs no key but the one in its path', async () => {
    const emulator = await start();
    expect((await open(emulator, 'other')).response.status).toBe(404);
    expect(emulator.openStreams).toBe(0);
  });
});

describe('several streams', () => {
  it('are counted, and all are told', async () => {
    const emulator = await start();
    const opened = emulator.streamsOpened(2);
    const [first, second] = [await open(emulator), await open(emulator)];
    await opened;
    expect(emulator.openStreams).toBe(2);
    await Promise.all([first.read(), second.read()]);
    emulator.publish(shop());
    expect(await first.read()).toContain('environment_updated');
    expect(await second.read()).toContain('environment_updated');
  });

  it('are cut, and may be opened again', async () => {
    const emulator = await start();
    const { read } = await open(emulator);
    await read();
    emulator.dropStreams();
    emulator.publish(shop());
    expect(emulator.openStreams).toBe(0);
    await expect(read()).rejects.toThrow();
    const again = await open(emulator);
    expect(await again.read()).toBe(': connected\n\n');
    await emulator.streamsOpened(2);
    expect(emulator.openStreams).toBe(1);
  });

  it('are forgotten when their clients leave', async () => {
    const emulator = await start();
    const { read, leave } = await open(emulator);
    await read();
    leave();
    await expect.poll(() => emulator.openStreams).toBe(0);
  });

  it('are cut when their clients do not read', async () => {
    const emulator = await start();
    await open(emulator);
    await emulator.streamsOpened(1);
    // More than the buffers of both ends hold.
    emulator.sendOnStreams(`: ${'x'.repeat(20_000_000)}\n\n`);
    emulator.publish(shop());
    expect(emulator.openStreams).toBe(0);
  });
});
