import { gzipSync } from 'node:zlib';
import type { HttpRequest } from '@halyard/core';
import { fakeClock, type HttpServer, type Reply, startHttpServer } from '@halyard/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TransportSettings } from './settings.ts';
import { createTransport, type Transport } from './transport.ts';

const servers: HttpServer[] = [];
let transport: Transport;

afterEach(async () => {
  vi.useRealTimers();
  await transport.close();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const clock = fakeClock();

async function serve(replies: Parameters<typeof startHttpServer>[0]): Promise<HttpServer> {
  const server = await startHttpServer(replies);
  servers.push(server);
  return server;
}

function open(settings: Partial<TransportSettings> = {}): Transport {
  const defaults = { timeout: 10_000, maxResponseBytes: 1024 * 1024, maxAttempts: 1 };
  transport = createTransport({ ...defaults, ...settings }, clock.now);
  return transport;
}

/** What a request fails with. */
async function failureOf(request: HttpRequest, settings?: Partial<TransportSettings>) {
  const error = await open(settings)
    .send(request)
    .then(
      () => expect.fail('the request succeeded'),
      (thrown: unknown) => thrown,
    );
  return error as { code: string; message: string; cause?: unknown };
}

describe('a request', () => {
  it('is made as described, and its answer is given back decoded', async () => {
    const server = await serve({ body: 'grüße', headers: { 'X-Version': '7', Vary: ['a', 'b'] } });
    const response = await open().send({
      url: `${server.url}/flags?a=1&b=%20`,
      method: 'POST',
      headers: { 'X-Key': 'k' },
      body: '{"x":1}',
    });
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      url: '/flags?a=1&b=%20',
      body: '{"x":1}',
    });
    expect(server.requests[0]?.headers).toMatchObject({
      'x-key': 'k',
      'content-type': 'application/json',
      'accept-encoding': 'gzip, br, deflate',
    });
    expect(response).toMatchObject({ status: 200, body: 'grüße' });
    expect(response.headers['x-version']).toBe('7');
  });

  it('sends Basic credentials in UTF-8', async () => {
    const server = await serve({});
    await open().send({ url: server.url, auth: { username: 'søren', password: 'p:w' } });
    const expected = `Basic ${Buffer.from('søren:p:w').toString('base64')}`;
    expect(server.requests[0]?.headers.authorization).toBe(expected);
  });

  it.each(['gzip', 'deflate', 'br'] as const)('reads a body in %s', async (encoding) => {
    const body = 'flag '.repeat(10_000);
    const server = await serve({ body, encoding });
    expect((await open().send({ url: server.url })).body).toBe(body);
  });

  it('reads deflate without its header', async () => {
    const { deflateRawSync } = await import('node:zlib');
    const body = deflateRawSync('flags');
    const server = await serve({ body, headers: { 'content-encoding': 'deflate' } });
    expect((await open().send({ url: server.url })).body).toBe('flags');
  });

  it('takes 304 for an answer', async () => {
    const server = await serve({ body: 'flags', etag: '"1"' });
    const response = await open().send({ url: server.url, headers: { 'If-None-Match': '"1"' } });
    expect(response).toMatchObject({ status: 304, body: '' });
    expect(response.headers.etag).toBe('"1"');
  });

  it('uses its own connections, whatever was done to the global fetch', async () => {
    const server = await serve({ body: 'flags' });
    const patched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('patched'));
    expect((await open().send({ url: server.url })).body).toBe('flags');
    expect(patched).not.toHaveBeenCalled();
    patched.mockRestore();
  });
});

describe('an answer that is too large', () => {
  it('is refused, even when it is small on the wire', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const server = await serve({ body: bomb, headers: { 'content-encoding': 'gzip' } });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const error = await failureOf({ url: server.url }, { maxAttempts: 3 });
    expect(error.code).toBe('REQUEST_FAILED');
    expect(error.message).toContain('more than 1048576 bytes');
    expect(server.requests).toHaveLength(1);
  });

  it('is refused while it is still being sent', async () => {
    const body = 'x'.repeat(2 * 1024 * 1024);
    const server = await serve({ body, fault: 'stall' });
    const error = await failureOf({ url: server.url }, { maxResponseBytes: 1000 });
    expect(error.message).toContain('more than 1000 bytes');
  });

  it('is just not too large at the limit', async () => {
    const server = await serve({ body: 'x'.repeat(100) });
    expect((await open({ maxResponseBytes: 100 }).send({ url: server.url })).body).toHaveLength(
      100,
    );
    const error = await failureOf({ url: server.url }, { maxResponseBytes: 99 });
    expect(error.message).toContain('more than 99 bytes');
  });
});

describe('a request that fails', () => {
  it.each<[string, Reply]>([
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['429', { status: 429 }],
    ['a reset connection', { fault: 'reset' }],
    ['a cut-off body', { body: 'half of it', fault: 'truncate' }],
    ['a cut-off compressed body', { body: 'x'.repeat(999), encoding: 'gzip', fault: 'truncate' }],
    ['garbage', { fault: 'garble' }],
  ])('with %s is made again', async (_name, bad) => {
    const server = await serve([bad, bad, { body: 'third' }]);
    expect((await open({ maxAttempts: 3 }).send({ url: server.url })).body).toBe('third');
  });

  it.each([400, 401, 403, 404, 410, 501])('with %i is not made again', async (status) => {
    const server = await serve({ status, body: 'no\n  such\tkey' });
    const error = await failureOf({ url: server.url }, { maxAttempts: 3 });
    expect(server.requests).toHaveLength(1);
    expect(error.code).toBe('REQUEST_FAILED');
    expect(error.message).toContain(`was answered ${status}: no such key`);
  });

  it('gives up after the last try, with the last error', async () => {
    const server = await serve([{ status: 500 }, { status: 502 }]);
    const error = await failureOf({ url: server.url }, { maxAttempts: 2 });
    expect(server.requests).toHaveLength(2);
    expect(error.message).toContain('502');
  });

  it('is not repeated as POST when it may have been done', async () => {
    const server = await serve({ fault: 'reset' });
    await failureOf({ url: server.url, method: 'POST' }, { maxAttempts: 3 });
    expect(server.requests).toHaveLength(1);
  });

  it('is repeated as POST when the server says that nothing was done', async () => {
    const server = await serve([{ status: 429 }, { status: 503 }, { body: 'done' }]);
    const request = { url: server.url, method: 'POST', body: '{}' } as const;
    expect((await open({ maxAttempts: 3 }).send(request)).body).toBe('done');
    expect(server.requests.map(({ body }) => body)).toEqual(['{}', '{}', '{}']);
  });

  it('because nobody listens, says so', async () => {
    const server = await startHttpServer({});
    await server.close();
    const error = await failureOf({ url: server.url }, { maxAttempts: 2 });
    expect(error.code).toBe('REQUEST_FAILED');
    expect(error.message).toContain('ECONNREFUSED');
  });

  it.each(['', 'not a url', 'ftp://host/x', '/relative'])(
    'because its address is "%s", says so',
    async (url) => {
      const error = await failureOf({ url });
      expect(error.code).toBe('REQUEST_FAILED');
      expect(error.message).toContain('not a valid http or https URL');
    },
  );

  it('because it is answered in an unknown encoding, says so', async () => {
    const server = await serve({ body: 'x', headers: { 'content-encoding': 'zstd' } });
    const error = await failureOf({ url: server.url }, { maxAttempts: 3 });
    expect(error.message).toContain('"zstd"');
    expect(server.requests).toHaveLength(1);
  });
});

describe('time', () => {
  it.each(['hang', 'stall', 'trickle'] as const)(
    'runs out on an answer that %ss',
    async (fault) => {
      const server = await serve({ body: 'x'.repeat(10_000), fault });
      const error = await failureOf({ url: server.url }, { timeout: 100 });
      expect(error.code).toBe('DEADLINE_EXCEEDED');
      expect(error.message).toContain('longer than 100 ms');
    },
  );

  it('that ran out once is given again', async () => {
    const server = await serve([{ fault: 'hang' }, { body: 'second' }]);
    const response = await open({ timeout: 200, maxAttempts: 2 }).send({ url: server.url });
    expect(response.body).toBe('second');
  });

  it('asked for by Retry-After that is more than a request has, ends it', async () => {
    const server = await serve({ status: 503, headers: { 'retry-after': '3600' } });
    await failureOf({ url: server.url }, { maxAttempts: 3 });
    expect(server.requests).toHaveLength(1);
    server.respond([{ status: 503, headers: { 'retry-after': '0' } }, { body: 'second' }]);
    expect((await open({ maxAttempts: 2 }).send({ url: server.url })).body).toBe('second');
  });

  it('is over at once when the caller says so', async () => {
    const server = await serve({ fault: 'hang' });
    const caller = new AbortController();
    const sent = open().send({ url: server.url }, { signal: caller.signal });
    await server.received(1);
    caller.abort();
    await expect(sent).rejects.toMatchObject({
      code: 'REQUEST_FAILED',
      message: expect.stringContaining('cancelled'),
    });
  });

  it('is over at once when the transport is closed, and for good', async () => {
    const server = await serve({ fault: 'hang' });
    const sent = open().send({ url: server.url });
    await server.received(1);
    const failed = expect(sent).rejects.toMatchObject({ code: 'REQUEST_FAILED' });
    await transport.close();
    await failed;
    await expect(transport.send({ url: server.url })).rejects.toMatchObject({
      code: 'REQUEST_FAILED',
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a redirect', () => {
  it('is followed', async () => {
    const server = await serve(({ url }) =>
      url === '/new' ? { body: 'here' } : { status: 302, headers: { location: '/new' } },
    );
    expect((await open().send({ url: `${server.url}/old` })).body).toBe('here');
  });

  it('to another origin takes no credentials along', async () => {
    const other = await serve({ body: 'here' });
    const server = await serve({ status: 307, headers: { location: other.url } });
    await open().send({
      url: server.url,
      auth: { username: 'name', password: 'password' },
      headers: { 'x-environment-key': 'secret', 'if-none-match': '"1"' },
    });
    expect(other.requests[0]?.headers).toMatchObject({ 'if-none-match': '"1"' });
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(other.requests[0]?.headers).not.toHaveProperty('x-environment-key');
  });

  it('in a circle comes to an end', async () => {
    const server = await serve({ status: 301, headers: { location: '/' } });
    const error = await failureOf({ url: server.url }, { maxAttempts: 3 });
    expect(error.message).toContain('more than 3 redirects');
    expect(server.requests).toHaveLength(4);
  });

  it('of a POST is a failure: its body was meant for one place', async () => {
    const server = await serve({ status: 307, headers: { location: '/new' } });
    const error = await failureOf({ url: server.url, method: 'POST', body: '{}' });
    expect(error.message).toContain('307');
    expect(server.requests).toHaveLength(1);
  });
});
