import { fakeClock, type HttpServer, type Reply, startHttpServer } from '@halyard/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { held, next, testLogger } from '../fixtures/observe.ts';
import { httpSource, newWork, plainSource } from '../fixtures/plain-source.ts';
import { createFlagClient, type FlagClient, type FlagClientOptions } from '../index.ts';

let server: HttpServer;
let client: FlagClient;

afterEach(async () => {
  await client.close();
  await server.close();
});

const RED = { color: { value: 'red' } };
const BLUE = { color: { value: 'blue' } };

/** A client of a server that gives these replies, one after the other. */
async function clientOf(
  replies: Parameters<typeof startHttpServer>[0],
  options: Partial<FlagClientOptions> = {},
) {
  const logger = testLogger();
  const work = newWork();
  server = await startHttpServer(replies);
  client = createFlagClient({
    source: httpSource(`${server.url}/flags?key=0123456789`, work),
    logger,
    transport: { maxAttempts: 1 },
    ...options,
  });
  return { client, server, logger, work, color: () => client.snapshot().get('color', 'none') };
}

describe('definitions over HTTP', () => {
  it('are in use as soon as they are there', async () => {
    const { client, color } = await clientOf({ body: RED });
    expect(client.status()).toMatchObject({ state: 'not-ready', version: undefined });
    const status = await client.ready();
    expect(status).toMatchObject({
      state: 'ready',
      source: 'plain',
      flagCount: 1,
      refreshes: { changed: 1, unchanged: 0, failed: 0 },
    });
    expect(status.version).toMatch(/^[0-9a-f]{16}$/);
    expect(color()).toBe('red');
  });

  it('have the same version for the same text, in every process', async () => {
    const first = await clientOf({ body: RED });
    const { version } = await first.client.ready();
    await Promise.all([client.close(), server.close()]);
    const second = await clientOf({ body: RED });
    expect((await second.client.ready()).version).toBe(version);
  });

  it('cost no parse and no compile when the backend answers 304', async () => {
    const { client, work, server, color } = await clientOf({ body: RED, etag: '"1"' });
    await client.ready();
    await client.refresh();
    expect(server.requests[1]?.headers['if-none-match']).toBe('"1"');
    expect(client.status().refreshes).toEqual({ changed: 1, unchanged: 1, failed: 0 });
    expect(work).toMatchObject({ parses: 1, compiles: 1 });
    expect(color()).toBe('red');
  });

  it('cost no parse and no compile when the body is the same byte for byte', async () => {
    const { client, work } = await clientOf([
      { body: RED, etag: '"1"' },
      { body: RED, etag: '"2"' },
      { body: RED, etag: '"2"' },
    ]);
    await client.ready();
    await client.refresh();
    await client.refresh();
    expect(client.status().refreshes).toEqual({ changed: 1, unchanged: 2, failed: 0 });
    expect(work).toMatchObject({ parses: 1, compiles: 1 });
    expect(server.requests[2]?.headers['if-none-match']).toBe('"2"');
  });

  it('are asked for with Last-Modified where there is no ETag', async () => {
    const modified = 'Wed, 21 Oct 2015 07:28:00 GMT';
    const { client } = await clientOf({ body: RED, headers: { 'last-modified': modified } });
    await client.ready();
    await client.refresh();
    expect(server.requests[1]?.headers['if-modified-since']).toBe(modified);
  });

  it('are confirmed by a 304: their age starts anew', async () => {
    const clock = fakeClock();
    const { client } = await clientOf({ body: RED, etag: '"1"' }, { clock: clock.now });
    await client.ready();
    clock.advance(5000);
    expect(client.status().ageMs).toBe(5000);
    expect((await client.refresh()).ageMs).toBe(0);
  });

  it('are never confirmed by a 304 to the validator of an answer that was not understood', async () => {
    const { client, server, color } = await clientOf([
      { body: RED, etag: '"good"' },
      { body: '{"color":', etag: '"bad"' },
      { body: RED, etag: '"good"' },
    ]);
    await client.ready();
    expect((await client.refresh()).lastError?.code).toBe('INVALID_DEFINITIONS');
    await client.refresh();
    expect(server.requests[2]?.headers['if-none-match']).toBe('"good"');
    expect(client.status()).toMatchObject({ state: 'ready', lastError: undefined });
    expect(color()).toBe('red');
  });

  it('are not confirmed by a 304 while there are none', async () => {
    const { client } = await clientOf({ status: 304 });
    const { error } = await next(client, 'error');
    expect(error.message).toContain('304');
    expect(client.status()).toMatchObject({ state: 'error', version: undefined });
  });

  it('may come in pages, whose validators confirm nothing', async () => {
    const pages: Reply[] = [{ body: RED, etag: '"p1"' }, { body: { size: { value: 4 } } }];
    const server = await startHttpServer((request) => pages[request.url === '/2' ? 1 : 0] ?? {});
    const source = plainSource((parse) => ({
      kind: 'http',
      request: (validator) => {
        expect(validator).toBeUndefined();
        return { url: `${server.url}/1` };
      },
      nextPage: (_response, page) => (page === 1 ? { url: `${server.url}/2` } : undefined),
      parse: (bodies) => Object.assign({}, ...bodies.map(parse)),
    }));
    const paged = createFlagClient({ source });
    await paged.ready();
    await paged.refresh();
    expect(paged.snapshot().get('color', '')).toBe('red');
    expect(paged.snapshot().get('size', 0)).toBe(4);
    expect(paged.status().refreshes).toEqual({ changed: 1, unchanged: 1, failed: 0 });
    await Promise.all([paged.close(), server.close()]);
  });
});

describe('definitions that cannot be loaded', () => {
  it.each<[string, Reply]>([
    ['broken JSON', { body: '{"color": {' }],
    ['a server error', { status: 500, body: 'oops' }],
    ['a quota that is used up', { status: 402 }],
    ['a cut-off body', { body: BLUE, fault: 'truncate' }],
    ['a reset connection', { fault: 'reset' }],
    ['an answer that is not HTTP', { fault: 'garble' }],
  ])('%s: the last good ones stay in use', async (_name, bad) => {
    const { client, color, logger } = await clientOf([{ body: RED, etag: '"1"' }, bad]);
    await client.ready();
    const failed = next(client, 'error');
    const status = await client.refresh();
    expect((await failed).status.state).toBe('ready');
    expect(status).toMatchObject({ state: 'ready', refreshes: { changed: 1, failed: 1 } });
    expect(status.lastError).toBeDefined();
    expect(color()).toBe('red');
    expect(logger.messages).toEqual([status.lastError?.message]);
  });

  it('are warned about once per trouble, and again when it comes back', async () => {
    const down = { status: 500 };
    const { client, logger } = await clientOf([
      { body: RED },
      down,
      down,
      down,
      { body: RED },
      down,
    ]);
    await client.ready();
    for (let i = 0; i < 3; i++) await client.refresh();
    expect(logger.messages).toHaveLength(1);
    await client.refresh();
    await client.refresh();
    expect(logger.messages).toHaveLength(2);
    expect(client.status().refreshes).toEqual({ changed: 1, unchanged: 1, failed: 4 });
  });

  it('recover by themselves, and say so', async () => {
    const { client, color } = await clientOf([{ status: 500 }, { status: 500 }, { body: RED }], {
      refresh: { interval: 20, maxBackoff: 40 },
    });
    const status = await next(client, 'ready');
    expect(status).toMatchObject({ state: 'ready', lastError: undefined });
    expect(status.refreshes.failed).toBe(2);
    expect(color()).toBe('red');
  });

  it('never show the credentials of the request', async () => {
    const { client, logger } = await clientOf({ status: 401, body: 'bad key 0123456789' });
    const { error } = await next(client, 'error');
    expect(error.message).toContain('was answered 401: bad key [redacted]');
    expect(JSON.stringify([client.status(), logger.messages])).not.toContain('0123456789');
  });
});

describe('refreshing', () => {
  it('brings new definitions and names the flags that changed', async () => {
    const { client, color } = await clientOf([
      { body: { color: { value: 'red' }, gone: { value: 1 }, same: { value: [1, { a: 2 }] } } },
      { body: { added: { value: 2 }, same: { value: [1, { a: 2 }] }, color: { value: 'blue' } } },
    ]);
    await client.ready();
    const changed = next(client, 'configurationChanged');
    await client.refresh();
    const { flagsChanged, version } = await changed;
    expect([...flagsChanged].sort()).toEqual(['added', 'color', 'gone']);
    expect(version).toBe(client.status().version);
    expect(color()).toBe('blue');
  });

  it('leaves snapshots on the version they began with', async () => {
    const { client } = await clientOf([{ body: RED }, { body: BLUE }]);
    await client.ready();
    const before = client.snapshot();
    await client.refresh();
    expect(before.get('color', '')).toBe('red');
    expect(client.snapshot().get('color', '')).toBe('blue');
  });

  it('happens once for all who ask at the same time', async () => {
    const answer = held<Reply>();
    const { client, server } = await clientOf(({ index }) =>
      index === 0 ? { body: RED } : answer.promise,
    );
    await client.ready();
    const all = [client.refresh(), client.refresh(), client.refresh()];
    await server.received(2);
    answer.resolve({ body: BLUE });
    const statuses = await Promise.all(all);
    expect(server.requests).toHaveLength(2);
    expect(new Set(statuses.map(({ version }) => version)).size).toBe(1);
  });

  it('goes on at the interval by itself', async () => {
    const { client, server } = await clientOf([{ body: RED }, { body: BLUE }], {
      refresh: { interval: 10 },
    });
    await next(client, 'configurationChanged', () => client.snapshot().get('color', '') === 'blue');
    await server.received(5);
    expect(client.status().refreshes.changed).toBe(2);
  });

  it('does not compare definitions while nobody listens', async () => {
    const { client, work } = await clientOf([{ body: RED }, { body: BLUE }, { body: RED }]);
    await client.ready();
    await client.refresh();
    expect(work.comparisons).toBe(0);
    client.on('configurationChanged', () => {});
    await client.refresh();
    expect(work.comparisons).toBe(2);
  });
});
