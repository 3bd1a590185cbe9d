import { HalyardError } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Held, held, testLogger } from '../fixtures/observe.ts';
import { inlineSource, PlainRuleset } from '../fixtures/plain-source.ts';
import type { StreamListener } from '../transport/follow.ts';
import { Warnings } from '../warnings.ts';
import { reconnectPause } from './pace.ts';
import { UpdateFeed } from './stream.ts';

/** A connection that the test opens, writes to and ends. */
interface Connection extends Held<void> {
  readonly at: number;
  readonly listener: StreamListener;
  readonly headers: Readonly<Record<string, string>> | undefined;
}

function feedUnderTest() {
  const connections: Connection[] = [];
  const told: string[] = [];
  const logger = testLogger();
  const feed = new UpdateFeed({
    source: inlineSource({}),
    updates: {
      request: () => ({ url: 'http://flags.test/stream' }),
      isNews: ({ data }) => data.startsWith('new'),
    },
    warnings: new Warnings(logger),
    connect: ({ headers }, listener) => {
      const connection = { ...held(), at: Date.now(), listener, headers };
      connections.push(connection);
      return connection.promise;
    },
    held: () => undefined,
    onNews: () => told.push('news'),
    onConnected: () => told.push('connected'),
  });
  const last = () => connections.at(-1) as Connection;
  const send = (text: string) => last().listener.onBytes(new TextEncoder().encode(text));
  feed.start();
  return { feed, connections, told, logger, last, send };
}

const refused = () => new HalyardError('transport', 'REQUEST_FAILED', 'refused.');
const ticks = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a stream of updates', () => {
  it('that is lost 50 times is connected to again, ever more slowly, and works after that', async () => {
    const { feed, connections, told, last, send } = feedUnderTest();
    for (let i = 0; i < 50; i++) {
      last().reject(refused());
      await ticks();
      await vi.advanceTimersToNextTimerAsync();
    }
    const pauses = connections.slice(1).map(({ at }, i) => at - (connections[i]?.at ?? 0));
    expect(pauses).toHaveLength(50);
    expect(pauses[0]).toBeLessThanOrEqual(1000);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
    expect(Math.min(...pauses.slice(6))).toBeGreaterThanOrEqual(15_000);
    expect(feed.counters).toEqual({ connected: false, connects: 0, losses: 50 });

    last().listener.onOpen();
    send('data: new\n\n');
    expect(told).toEqual(['connected', 'news']);
    expect(feed.counters).toEqual({ connected: true, connects: 1, losses: 50 });
  });

  it('is connected to again soon once a connection has brought something', async () => {
    const { connections, last, send } = feedUnderTest();
    for (let i = 0; i < 10; i++) {
      last().reject(refused());
      await ticks();
      await vi.advanceTimersToNextTimerAsync();
    }
    last().listener.onOpen();
    send(': alive\n');
    last().resolve();
    await ticks();
    await vi.advanceTimersByTimeAsync(1000);
    expect(connections).toHaveLength(12);
  });

  it('says itself how soon, within bounds', async () => {
    const { connections, last, send } = feedUnderTest();
    const pauseAfter = async (retry: string) => {
      last().listener.onOpen();
      send(`retry: ${retry}\n\n`);
      const lostAt = Date.now();
      last().resolve();
      await ticks();
      await vi.advanceTimersToNextTimerAsync();
      return (connections.at(-1)?.at ?? 0) - lostAt;
    };
    expect(await pauseAfter('0')).toBeGreaterThanOrEqual(50);
    expect(await pauseAfter('8000')).toBeGreaterThanOrEqual(4000);
    expect(await pauseAfter('99999999999999999999')).toBeLessThanOrEqual(30_000);
  });

  it('tells of news at once, and of much news once a second', async () => {
    const { told, last, send } = feedUnderTest();
    last().listener.onOpen();
    send('data: old\n\n');
    send('data: new 1\n\n');
    expect(told).toEqual(['connected', 'news']);
    for (let i = 0; i < 100; i++) send(`data: new ${i}\n\n`);
    await vi.advanceTimersByTimeAsync(999);
    expect(told).toEqual(['connected', 'news']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual(['connected', 'news', 'news']);
  });

  it('is asked to go on after the last event', async () => {
    const { connections, last, send } = feedUnderTest();
    expect(last().headers).toBeUndefined();
    const reconnect = async () => {
      last().resolve();
      await ticks();
      await vi.advanceTimersToNextTimerAsync();
    };
    send('id: 42\ndata: old\n\n');
    await reconnect();
    expect(last().headers).toEqual({ 'last-event-id': '42' });
    await reconnect();
    expect(last().headers).toEqual({ 'last-event-id': '42' });
    send('id: grüße\ndata: old\n\n');
    await reconnect();
    expect(last().headers).toBeUndefined();
    expect(connections).toHaveLength(4);
  });

  it('is warned about once per trouble, until it is over', async () => {
    const { logger, last, send } = feedUnderTest();
    const lose = async () => {
      last().reject(refused());
      await ticks();
      await vi.advanceTimersToNextTimerAsync();
    };
    for (let i = 0; i < 5; i++) await lose();
    expect(logger.messages).toEqual(['[halyard] [transport] refused.']);
    send(': alive\n');
    // That a stream ends at some time is no trouble.
    await lose();
    expect(logger.messages).toHaveLength(1);
    await lose();
    expect(logger.messages).toHaveLength(2);
  });

  it('that cannot even be described is tried again all the same', async () => {
    const connect = vi.fn(async () => {});
    const request = vi.fn(() => {
      throw new Error('no key');
    });
    const logger = testLogger();
    const feed = new UpdateFeed({
      source: inlineSource({}),
      updates: { request, isNews: () => true },
      warnings: new Warnings(logger),
      connect,
      held: () => undefined,
      onNews: () => {},
      onConnected: () => {},
    });
    feed.start();
    await vi.advanceTimersByTimeAsync(10_000);
    feed.stop();
    expect(request.mock.calls.length).toBeGreaterThan(2);
    expect(connect).not.toHaveBeenCalled();
    expect(logger.messages).toEqual([expect.stringContaining('no key')]);
  });

  it('whose address only definitions tell is connected to when they do', async () => {
    const connect = vi.fn(() => new Promise<void>(() => {}));
    let ruleset: PlainRuleset | undefined;
    const feed = new UpdateFeed({
      source: inlineSource({}),
      updates: {
        request: (current) =>
          current?.version === 'good' ? { url: 'http://flags.test/good' } : undefined,
        isNews: () => true,
      },
      warnings: new Warnings(testLogger()),
      connect,
      held: () => ruleset,
      onNews: () => {},
      onConnected: () => {},
    });
    feed.start();
    await vi.advanceTimersByTimeAsync(100_000);
    ruleset = new PlainRuleset({}, { version: 'without' });
    feed.definitionsLoaded();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(connect).not.toHaveBeenCalled();
    expect(feed.counters).toEqual({ connected: false, connects: 0, losses: 0 });
    ruleset = new PlainRuleset({}, { version: 'good' });
    feed.definitionsLoaded();
    await ticks();
    expect(connect).toHaveBeenCalledExactlyOnceWith(
      { url: 'http://flags.test/good' },
      expect.anything(),
    );
  });

  it('is quiet and left alone after it was stopped', async () => {
    const { feed, connections, told, logger, last, send } = feedUnderTest();
    last().listener.onOpen();
    send('data: new\n\ndata: new\n\n');
    feed.stop();
    expect(last().listener.signal.aborted).toBe(true);
    send('data: new\n\n');
    last().reject(refused());
    await vi.advanceTimersByTimeAsync(100_000);
    expect(told).toEqual(['connected', 'news']);
    expect(connections).toHaveLength(1);
    expect(logger.messages).toEqual([]);
    expect(feed.counters).toEqual({ connected: false, connects: 1, losses: 0 });
  });
});

describe('the pause before a stream is connected to again', () => {
  it('doubles with each connection that brought nothing, up to 30 seconds, whatever the chance', () => {
    const pauses = (random: number) =>
      [0, 1, 2, 3, 6, 1000].map((fruitless) => reconnectPause(1000, fruitless, random));
    expect(pauses(0)).toEqual([1000, 1000, 2000, 4000, 30_000, 30_000]);
    expect(pauses(1)).toEqual([500, 500, 1000, 2000, 15_000, 15_000]);
  });
});
