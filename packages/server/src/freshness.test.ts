import { AsyncLocalStorage } from 'node:async_hooks';
import { type FakeClock, fakeClock, type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { next, settled, testLogger } from './fixtures/observe.ts';
import { httpSource, inlineSource } from './fixtures/plain-source.ts';
import { createFlagClient, type FlagClient } from './index.ts';

const RED = { color: { value: 'red', variant: 'warm' }, gone: { reason: 'DISABLED' } };
const INTERVAL = 1000;

let server: HttpServer;
let client: FlagClient;
let clock: FakeClock;
let logger: ReturnType<typeof testLogger>;

beforeEach(async () => {
  // Timers that never fire: what a host does that freezes its processes between requests.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  clock = fakeClock();
  logger = testLogger();
  server = await startHttpServer({ body: RED });
  client = createFlagClient({
    source: httpSource(server.url),
    refresh: { interval: INTERVAL, staleAfter: 5 * INTERVAL },
    transport: { maxAttempts: 1 },
    clock: clock.now,
    logger,
  });
  await next(client, 'ready');
});
afterEach(async () => {
  await client.close();
  await server.close();
  vi.useRealTimers();
});

describe('definitions that have become old', () => {
  it('stay in use, and every successful read says so', async () => {
    server.respond({ status: 500 });
    clock.advance(5 * INTERVAL);
    expect(client.status()).toMatchObject({ state: 'stale', ageMs: 5 * INTERVAL });
    expect(client.resolve('color', 'none')).toEqual({
      flagKey: 'color',
      value: 'red',
      variant: 'warm',
      reason: 'STALE',
      flagMetadata: { 'halyard.reason': 'STATIC', 'halyard.ageMs': 5 * INTERVAL },
    });
    expect(client.snapshot().get('color', 'none')).toBe('red');
    expect(client.snapshot().all().get('color')).toMatchObject({ value: 'red', reason: 'STALE' });
    expect(client.snapshot().resolve('color')).toEqual({
      value: 'red',
      variant: 'warm',
      reason: 'STALE',
      flagMetadata: { 'halyard.reason': 'STATIC', 'halyard.ageMs': 5 * INTERVAL },
    });
    expect(client.snapshot().explain('color')).toMatchObject({
      resolution: { reason: 'STATIC' },
      ageMs: 5 * INTERVAL,
    });
  });

  it('make nothing stale that somebody has chosen', () => {
    server.respond({ status: 500 });
    clock.advance(5 * INTERVAL);
    const snapshot = client.snapshot().overridden(new Map([['color', { value: 'blue' }]]));
    expect(snapshot.details('color', '')).toMatchObject({ value: 'blue', reason: 'OVERRIDE' });
    expect(snapshot.resolve('color').reason).toBe('OVERRIDE');
    expect(snapshot.all().get('color')?.reason).toBe('OVERRIDE');
  });

  it('do not turn errors into anything else', () => {
    clock.advance(5 * INTERVAL);
    expect(client.resolve('nope', 1)).toMatchObject({
      reason: 'ERROR',
      errorCode: 'FLAG_NOT_FOUND',
    });
    expect(client.resolve('color', 1)).toMatchObject({
      reason: 'ERROR',
      errorCode: 'TYPE_MISMATCH',
    });
  });

  it('are fresh until then', () => {
    clock.advance(5 * INTERVAL - 1);
    expect(client.resolve('color', 'none').reason).toBe('STATIC');
  });

  it('are told about once, and once more when they are fresh again', async () => {
    server.respond({ status: 500 });
    const states: string[] = [];
    client.on('stale', ({ state }) => states.push(state));
    client.on('ready', ({ state }) => states.push(state));
    clock.advance(5 * INTERVAL);
    const failed = next(client, 'error');
    for (let i = 0; i < 3; i++) client.snapshot();
    await failed;
    expect(states).toEqual(['stale']);
    expect(
      logger.messages.filter((message) => message.includes('older than 5000 ms')),
    ).toHaveLength(1);
    server.respond({ body: RED });
    await client.refresh();
    expect(states).toEqual(['stale', 'ready']);
    expect(client.resolve('color', 'none').reason).toBe('STATIC');
  });

  it('are told about by a timer where nobody reads and refreshing hangs', async () => {
    server.respond({ fault: 'hang' });
    const stale = next(client, 'stale');
    clock.advance(4 * INTERVAL);
    // Timers and the clock need not agree: this one is too early, and has to be set again.
    vi.advanceTimersByTime(5 * INTERVAL);
    expect(client.status().state).toBe('ready');
    clock.advance(1 * INTERVAL);
    vi.advanceTimersByTime(1 * INTERVAL);
    expect((await stale).state).toBe('stale');
  });

  it('are not made younger by a clock that is set back', () => {
    clock.advance(-60_000);
    expect(client.status()).toMatchObject({ state: 'ready', ageMs: 0 });
    expect(client.resolve('color', 'none').reason).toBe('STATIC');
  });

  it('do not exist when they are given in code', () => {
    const fixed = createFlagClient({ source: inlineSource(RED as never), clock: clock.now });
    clock.advance(2 ** 40);
    expect(fixed.status().state).toBe('ready');
    expect(fixed.resolve('color', 'none').reason).toBe('STATIC');
  });
});

describe('where timers are frozen', () => {
  it('a read that finds definitions older than the interval starts a refresh and does not wait', async () => {
    server.respond({ body: { color: { value: 'blue' } } });
    clock.advance(1.2 * INTERVAL);
    const changed = next(client, 'configurationChanged');
    expect(client.snapshot().get('color', '')).toBe('red');
    await changed;
    expect(client.snapshot().get('color', '')).toBe('blue');
    expect(server.requests).toHaveLength(2);
  });

  it('only one of many reads does so', async () => {
    clock.advance(1.2 * INTERVAL);
    for (let i = 0; i < 100; i++) client.snapshot().get('color', '');
    await server.received(2);
    await client.refresh();
    for (let i = 0; i < 100; i++) client.snapshot().get('color', '');
    await settled();
    expect(server.requests.length).toBeLessThanOrEqual(3);
  });

  it('reads wait out the pause after a failure as timers do', async () => {
    server.respond({ status: 500 });
    clock.advance(1.2 * INTERVAL);
    const failed = next(client, 'error');
    client.snapshot();
    await failed;
    expect(server.requests).toHaveLength(2);
    clock.advance(0.9 * INTERVAL);
    for (let i = 0; i < 100; i++) client.snapshot();
    await settled();
    expect(server.requests).toHaveLength(2);
    clock.advance(0.3 * INTERVAL);
    client.snapshot();
    await server.received(3);
  });

  it('fresh definitions are left alone', async () => {
    clock.advance(0.8 * INTERVAL);
    for (let i = 0; i < 100; i++) client.snapshot().get('color', '');
    await settled();
    expect(server.requests).toHaveLength(1);
  });
});

describe('background work', () => {
  it('that a read sets off runs outside of the request that read', async () => {
    const request = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const changed = next(client, 'configurationChanged', () => {
      seen.push(request.getStore());
      return true;
    });
    server.respond({ body: { color: { value: 'blue' } } });
    clock.advance(1.2 * INTERVAL);
    request.run('request 1', () => client.snapshot().get('color', ''));
    await changed;
    expect(seen).toEqual([undefined]);
  });
});
