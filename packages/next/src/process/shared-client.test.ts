import { channel } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FlagDefinitionCacheProvider } from '@halyard/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeRequest, within } from '../fixtures/fake-next.ts';
import { type FakeClient, fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import type { CreateFlagsOptions } from '../flags.ts';
import { processSlot } from './process-slot.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

/** A cache that is never asked. */
const definitionCache = (name: string): FlagDefinitionCacheProvider => ({
  name,
  shouldFetchFlagDefinitions: () => true,
  getFlagDefinitions: () => undefined,
  onFlagDefinitionsReceived: () => {},
  shutdown: () => {},
});

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** createFlags from a new copy of every module of this package, as each of Next's bundles has. */
async function freshCreateFlags() {
  vi.resetModules();
  const [{ createFlags }, copy] = await Promise.all([
    import('../create-flags.ts'),
    import('../fixtures/fake-server.ts'),
  ]);
  // The copies of the fake report to one list.
  if (copy.fakes !== fakes) copy.fakes.created.push = (...made) => fakes.created.push(...made);
  return (options: Partial<CreateFlagsOptions>) =>
    createFlags({ source: tableSource({ color: 'blue' }), ...options });
}

beforeEach(() => {
  processSlot().tracing?.stop();
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  fakes.created.length = 0;
  vi.unstubAllEnvs();
});

describe('copies of the module in one process', () => {
  it('share one client per configuration', async () => {
    const sink = () => {};
    const options = () => ({
      refresh: { interval: 1000 },
      cache: definitionCache('redis'),
      exposures: { sink, maxQueued: 5 },
    });
    const clients: unknown[] = [];
    for (let copy = 0; copy < 5; copy++) {
      clients.push((await freshCreateFlags())(options()).client);
    }
    expect(new Set(clients).size).toBe(1);
    expect(fakes.created).toHaveLength(1);
  });

  it('serve a request from the same client', async () => {
    const first = (await freshCreateFlags())({});
    const second = (await freshCreateFlags())({});
    await within(fakeRequest(), () => first.get('color', ''));
    expect(await within(fakeRequest(), () => second.get('color', ''))).toBe('blue');
    expect(fakes.created).toHaveLength(1);
  });

  it.each<[string, Partial<CreateFlagsOptions>]>([
    ['another source', { source: tableSource({}, 'another') }],
    ['another interval', { refresh: { interval: 2000 } }],
    ['another timeout', { transport: { timeout: 5 } }],
    ['another sink', { exposures: { sink: { name: 'other', send: () => {} } } }],
    ['a function as sink', { exposures: { sink: () => Promise.resolve() } }],
    ['no exposures', { exposures: { sink: false } }],
    ['a cache', { cache: definitionCache('redis') }],
  ])('do not share it with %s', async (_name, options) => {
    const create = await freshCreateFlags();
    const base = { exposures: { sink: { name: 'own', send: () => {} } } };
    expect(create({ ...base, ...options }).client).not.toBe(create(base).client);
  });

  it('take functions as sinks for the same, since each bundle writes them in another way', async () => {
    const create = await freshCreateFlags();
    const one = create({ exposures: { sink: (batch) => void batch } });
    const two = create({ exposures: { sink: (sent) => Promise.resolve(sent).then(() => {}) } });
    expect(one.client).toBe(two.client);
  });

  it('take the order in which options are written for the same configuration', async () => {
    const create = await freshCreateFlags();
    const one = create({ refresh: { interval: 1, staleAfter: 2 } });
    const two = create({ refresh: { staleAfter: 2, interval: 1, maxBackoff: undefined } });
    expect(one.client).toBe(two.client);
  });
});

it('requests are followed until the last client of the process is closed, and again with the next', async () => {
  const starts = channel('http.server.request.start');
  const create = await freshCreateFlags();
  const clientOf = (id: string) => create({ source: tableSource({}, id) }).client;
  const [first, second] = [clientOf('first'), clientOf('second')];
  await first.close();
  expect(starts.hasSubscribers).toBe(true);
  await second.close();
  expect(starts.hasSubscribers).toBe(false);
  const third = clientOf('third');
  expect(starts.hasSubscribers).toBe(true);
  await third.close();
  expect(starts.hasSubscribers).toBe(false);
});

describe('an edit in development', () => {
  const closed = () => fakes.created.map(({ calls }) => calls.includes('close'));
  /** Evaluates a user's module once: its calls happen within one turn. */
  async function evaluate(create: Awaited<ReturnType<typeof freshCreateFlags>>, ids: string[]) {
    const made = ids.map((id) => create({ source: tableSource({}, id) }));
    for (const flags of made) void flags.client;
    await nextTurn();
    return made;
  }

  it('that changes the configuration closes the client it leaves behind', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    const create = await freshCreateFlags();
    await evaluate(create, ['before']);
    await evaluate(create, ['after']);
    expect(closed()).toEqual([true, false]);
  });

  it('that changes nothing keeps the client', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    const create = await freshCreateFlags();
    await evaluate(create, ['same']);
    await evaluate(await freshCreateFlags(), ['same']);
    expect(closed()).toEqual([false]);
  });

  it('keeps both clients of a module that makes two', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    const create = await freshCreateFlags();
    await evaluate(create, ['one', 'two']);
    await evaluate(create, ['one', 'two']);
    expect(closed()).toEqual([false, false]);
    await evaluate(create, ['one', 'three']);
    expect(closed()).toEqual([false, true, false]);
  });

  it('leaves clients of another backend alone', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    const create = await freshCreateFlags();
    void create({ source: { ...tableSource({}), name: 'other' } }).client;
    await nextTurn();
    await evaluate(create, ['before']);
    expect(closed()).toEqual([false, false]);
  });

  it('leaves a closed client that is still in use to be created again', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    const create = await freshCreateFlags();
    const [old] = await evaluate(create, ['before']);
    await evaluate(create, ['after']);
    expect(old?.client).toBe(fakes.created[2]);
  });

  it('is nothing that happens in production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const create = await freshCreateFlags();
    await evaluate(create, ['before']);
    await evaluate(create, ['after']);
    expect(closed()).toEqual([false, false]);
  });
});

describe('register()', () => {
  const signals = ['SIGTERM', 'SIGINT'] as const;

  /** Runs register() with this process's own listeners out of reach. */
  async function registered(run: (clients: FakeClient[]) => Promise<void>) {
    const before = signals.map((signal) => process.listeners(signal));
    try {
      for (const signal of signals) process.removeAllListeners(signal);
      await run(fakes.created);
    } finally {
      signals.forEach((signal, i) => {
        process.removeAllListeners(signal);
        for (const listener of before[i] ?? []) process.on(signal, listener);
      });
    }
  }

  it('creates and warms the client', async () => {
    vi.stubEnv('NEXT_RUNTIME', 'nodejs');
    await registered(async (clients) => {
      await (await freshCreateFlags())({ readyTimeout: 70 }).register();
      expect(clients.map(({ calls }) => calls)).toEqual([['ready(70)']]);
    });
  });

  it.each([undefined, 'edge'])('does nothing on another runtime: %s', async (runtime) => {
    vi.stubEnv('NEXT_RUNTIME', runtime);
    await registered(async (clients) => {
      await (await freshCreateFlags())({}).register();
      expect(clients).toEqual([]);
      expect(process.listenerCount('SIGTERM')).toBe(0);
    });
  });

  it("flushes every client on SIGTERM, once, before Next's own listener runs", async () => {
    vi.stubEnv('NEXT_RUNTIME', 'nodejs');
    await registered(async (clients) => {
      const order: string[] = [];
      process.on('SIGTERM', () => {
        order.push(...clients.flatMap(({ calls }) => calls), 'next');
      });
      await (await freshCreateFlags())({}).register();
      await (await freshCreateFlags())({}).register();
      await (await freshCreateFlags())({ source: tableSource({}, 'second') }).register();
      expect(process.listenerCount('SIGTERM')).toBe(1);
      process.emit('SIGTERM', 'SIGTERM');
      await nextTurn();
      expect(order).toEqual(['ready(1000)', 'flush', 'ready(1000)', 'flush', 'next']);
    });
  });

  it('has Next wait for what is followed when it closes its server, whichever was asked last', async () => {
    vi.stubEnv('NEXT_RUNTIME', 'nodejs');
    await registered(async () => {
      const [own, metrics] = [await listening(), await listening()];
      const order: string[] = [];
      const isClosed = new Promise((resolve) => own.server.once('close', resolve));
      process.on('SIGTERM', () => own.server.close(() => order.push('told')));
      await (await freshCreateFlags())({}).register();
      await own.ask();
      await metrics.ask();
      let end = () => {};
      processSlot().ending.follow(
        new Promise((resolve) => {
          end = resolve;
        }),
      );
      process.emit('SIGTERM', 'SIGTERM');
      await isClosed;
      await nextTurn();
      expect(order).toEqual([]);
      end();
      await nextTurn();
      expect(order).toEqual(['told']);
      await new Promise((resolve) => metrics.server.close(resolve));
    });
  });
});

/** A server that answers, and what asks it over a connection of its own. */
async function listening() {
  const server = createServer((_incoming, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const headers = { connection: 'close' };
  return { server, ask: async () => (await fetch(`http://localhost:${port}`, { headers })).text() };
}
