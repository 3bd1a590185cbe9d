import type { Ruleset } from '@halyard/core';
import { type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EventServer, startEventServer, withUpdates } from './fixtures/event-server.ts';
import { next, settled, testLogger } from './fixtures/observe.ts';
import { httpSource } from './fixtures/plain-source.ts';
import { createFlagClient, type FlagClient, type FlagClientOptions } from './index.ts';

const RED = { color: { value: 'red' } };
const BLUE = { color: { value: 'blue' } };
/** So long that no test meets a scheduled refresh. */
const NEVER = 2 ** 30;

let flags: HttpServer;
let events: EventServer;
let client: FlagClient;
const logger = testLogger();

beforeEach(async () => {
  flags = await startHttpServer({ body: RED });
  events = await startEventServer();
});
afterEach(async () => {
  vi.useRealTimers();
  await client.close();
  await Promise.all([flags.close(), events.http.close()]);
});

function open(options: Partial<FlagClientOptions> = {}): FlagClient {
  client = createFlagClient({
    source: withUpdates(httpSource(flags.url), events.http),
    refresh: { interval: NEVER },
    // Faked timers may run far ahead of the network.
    transport: { maxAttempts: 1, timeout: NEVER },
    logger,
    ...options,
  });
  return client;
}

/** A client whose stream is open and whose refresh for that is over. */
async function connected(): Promise<void> {
  open();
  await events.opened(0);
  await flags.received(2);
  await refreshed(2);
}

describe('news of definitions', () => {
  it('have them fetched at once', async () => {
    await connected();
    flags.respond({ body: BLUE });
    const changed = next(client, 'configurationChanged');
    (await events.opened(0)).write('event: environment_updated\ndata: new\n\n');
    expect((await changed).flagsChanged).toEqual(['color']);
    expect(client.snapshot().get('color', '')).toBe('blue');
    expect(flags.requests).toHaveLength(3);
  });

  it('are not seen in messages that the source does not call so, nor in those it fails at', async () => {
    await connected();
    const stream = await events.opened(0);
    stream.write('data: old\n\ndata: poison\n\n: alive\n\n');
    stream.write('data: new\n\n');
    await flags.received(3);
    await settled();
    expect(flags.requests).toHaveLength(3);
  });

  it('that came while there was no connection are made up for, once for each scheduled refresh', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    open({ refresh: { interval: 60_000 } });
    (await events.opened(0)).write('data: old\n\n');
    await flags.received(2);
    await refreshed(2);
    await vi.advanceTimersByTimeAsync(66_000);
    await flags.received(3);
    await refreshed(3);
    flags.respond({ body: BLUE });
    const changed = next(client, 'configurationChanged');
    for (const index of [0, 1]) {
      (await events.opened(index)).end('data: old\n\n');
      await lost(index + 1);
      await vi.advanceTimersByTimeAsync(1000);
      await connects(index + 2);
    }
    await changed;
    await settled(20);
    expect(flags.requests).toHaveLength(4);
  });
});

/** Also lets as many milliseconds pass as it takes, where timers are faked. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });
const refreshed = (count: number) =>
  eventually(() => {
    const { changed, unchanged } = client.status().refreshes;
    expect(changed + unchanged).toBe(count);
  });
const lost = (losses: number) =>
  eventually(() => expect(client.status().updates?.losses).toBe(losses));
const connects = (count: number) =>
  eventually(() => expect(client.status().updates?.connects).toBe(count));

describe('a stream of updates', () => {
  it('that is lost 50 times over the network recovers, and is heard again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    events.http.respond({ fault: 'reset' });
    open();
    await next(client, 'ready');
    for (let i = 1; i <= 50; i++) {
      await lost(i);
      vi.advanceTimersByTime(30_000);
    }
    await lost(51);
    expect(client.status()).toMatchObject({ state: 'ready', updates: { connected: false } });
    events.accept();
    vi.advanceTimersByTime(30_000);
    const stream = await events.opened(0);
    await connects(1);
    await flags.received(2);
    flags.respond({ body: BLUE });
    const changed = next(client, 'configurationChanged');
    stream.write('data: new\n\n');
    await changed;
    expect(client.status().updates).toEqual({ connected: true, connects: 1, losses: 51 });
  });

  it.each([
    ['an error', { status: 401, body: 'who are you?' }, 'was answered 401 (no content type)'],
    ['nothing at all', { status: 204 }, 'was answered 204'],
    ['something else', { body: {} }, 'was answered 200 (application/json)'],
  ])('that is answered with %s is asked for again', async (_what, reply, message) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const log = testLogger();
    events.http.respond(reply);
    open({ logger: log });
    await lost(1);
    expect(log.messages).toEqual([expect.stringContaining(message)]);
    expect(log.messages[0]).toContain('/[redacted]');
    vi.advanceTimersByTime(1000);
    await lost(2);
    expect(log.messages).toHaveLength(1);
  });

  it('that has been silent for too long is taken for dead', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const heard: string[] = [];
    open({ source: withUpdates(httpSource(flags.url), events.http, heard) });
    const stream = await events.opened(0);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    await connects(1);
    await vi.advanceTimersByTimeAsync(80_000);
    stream.write('data: alive\n\n');
    await eventually(() => expect(heard).toEqual(['alive']));
    await vi.advanceTimersByTimeAsync(80_000);
    expect(client.status().updates).toMatchObject({ connected: true, losses: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    await lost(1);
    await closed;
    await vi.advanceTimersByTimeAsync(1000);
    await events.opened(1);
  });

  it('ends with the client', async () => {
    await connected();
    const stream = await events.opened(0);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    await client.close();
    await closed;
    expect(client.status().updates).toEqual({ connected: false, connects: 1, losses: 0 });
  });

  it('is followed once the definitions have told its address', async () => {
    const source = withUpdates(httpSource(flags.url), events.http);
    const isNews = () => false;
    const request = (held: Ruleset | undefined) =>
      held && { url: `${events.http.url}/${held.flagKeys[0]}` };
    open({ source: { ...source, updates: { request, isNews } } });
    await events.opened(0);
    expect(events.http.requests[0]?.url).toBe('/color');
    expect(client.status().updates).toMatchObject({ losses: 0 });
  });

  it('is not followed where the source has none', async () => {
    open({ source: httpSource(flags.url) });
    await client.ready();
    expect(client.status()).not.toHaveProperty('updates');
    expect(events.http.requests).toHaveLength(0);
  });
});
