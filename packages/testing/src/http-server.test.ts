import { request as nodeRequest } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { garbage, type HttpServer, type Reply, startHttpServer } from './index.ts';

let server: HttpServer;
afterEach(() => server.close());

const start = async (...args: Parameters<typeof startHttpServer>) => {
  server = await startHttpServer(...args);
  return server;
};

/** What came over the wire, nothing decoded. */
function wire(reply: Reply, headers: Record<string, string> = {}) {
  return start(reply).then(
    ({ port }) =>
      new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
        (resolve, reject) => {
          nodeRequest({ port, headers, agent: false }, async (response) => {
            const chunks: Buffer[] = [];
            try {
              for await (const chunk of response) chunks.push(chunk);
            } catch (error) {
              reject(error);
              return;
            }
            const body = Buffer.concat(chunks);
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
          })
            .on('error', reject)
            .end();
        },
      ),
  );
}

/** The bodies of so many answers, asked for one after the other. */
async function bodies(url: string, count: number): Promise<string[]> {
  const all: string[] = [];
  while (all.length < count) all.push(await (await fetch(url)).text());
  return all;
}

describe('answers', () => {
  it('gives status, headers and text', async () => {
    const { status, headers, body } = await wire({
      status: 418,
      headers: { 'x-a': '1', 'set-cookie': ['a=1', 'b=2'] },
      body: 'tea',
    });
    expect([status, body.toString()]).toEqual([418, 'tea']);
    expect(headers).toMatchObject({
      'x-a': '1',
      'set-cookie': ['a=1', 'b=2'],
      'content-length': '3',
    });
  });

  it('gives an empty 200 when told nothing', async () => {
    expect(await wire({})).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  });

  it('writes anything but text and bytes as JSON', async () => {
    const { headers, body } = await wire({ body: { flags: [] } });
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body.toString())).toEqual({ flags: [] });
  });

  it('sends bytes as they are', async () => {
    const bytes = garbage(64);
    const { body } = await wire({ body: bytes });
    expect([...body]).toEqual([...bytes]);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow();
  });

  it.each([
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
    ['br', brotliDecompressSync],
  ] as const)('compresses with %s', async (encoding, decompress) => {
    const { headers, body } = await wire({ encoding, body: 'x'.repeat(10_000) });
    expect(headers['content-encoding']).toBe(encoding);
    expect(body.length).toBeLessThan(1_000);
    expect(decompress(body).toString()).toBe('x'.repeat(10_000));
  });

  it('sends a large body in chunks without announcing its length', async () => {
    const { headers, body } = await wire({ body: new Uint8Array(3_000_000), chunked: true });
    expect(headers['content-length']).toBeUndefined();
    expect(headers['transfer-encoding']).toBe('chunked');
    expect(body.length).toBe(3_000_000);
  });
});

describe('conditional requests', () => {
  const reply: Reply = {
    body: 'definitions',
    etag: '"v1"',
    lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT',
  };

  it.each([
    [{}, 200],
    [{ 'if-none-match': '"v1"' }, 304],
    [{ 'if-none-match': 'W/"v1"' }, 304],
    [{ 'if-none-match': '"v0", "v1"' }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"v0"' }, 200],
    [{ 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 304],
    [{ 'if-modified-since': 'Fri, 02 Jan 2026 00:00:00 GMT' }, 200],
    [{ 'if-none-match': '"v0"', 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 200],
  ])('answers %j with %i', async (headers, expected) => {
    const { status, headers: answered, body } = await wire(reply, headers);
    expect(status).toBe(expected);
    expect(answered).toMatchObject({ etag: '"v1"', 'last-modified': reply.lastModified });
    expect(body.toString()).toBe(expected === 304 ? '' : 'definitions');
  });
});

describe('faults', () => {
  it('resets the connection', async () => {
    await expect(wire({ fault: 'reset' })).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('sends bytes that are not HTTP', async () => {
    await expect(wire({ fault: 'garble' })).rejects.toMatchObject({
      code: expect.stringContaining('HPE_'),
    });
  });

  it('ends the connection within the body', async () => {
    const { url } = await start({ fault: 'truncate', body: 'x'.repeat(1_000) });
    const response = await fetch(url);
    expect(response.headers.get('content-length')).toBe('1000');
    await expect(response.text()).rejects.toThrow();
  });

  it('stops within the body and waits', async () => {
    const { url } = await start({ fault: 'stall', body: 'abcdef' });
    const reader = (await fetch(url)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('abc');
    const rest = reader?.read();
    await server.close();
    await expect(rest).rejects.toThrow();
  });

  it('never answers, until the client or the server gives up', async () => {
    const { url, received } = await start({ fault: 'hang' });
    const controller = new AbortController();
    const aborted = fetch(url, { signal: controller.signal });
    await received(1);
    controller.abort();
    await expect(aborted).rejects.toThrow('aborted');
    const cut = fetch(url);
    await received(2);
    await Promise.all([expect(cut).rejects.toThrow(), server.close()]);
  });

  it('lets the body trickle', async () => {
    const reply = { fault: 'trickle', body: 'abcdefg', trickle: { bytes: 3, pause: 1 } } as const;
    const { port } = await start(reply);
    const pieces: string[] = [];
    await new Promise<void>((resolve, reject) => {
      nodeRequest({ port, agent: false }, (response) => {
        response.setEncoding('utf8');
        response.on('data', (piece: string) => pieces.push(piece));
        response.on('end', resolve).on('error', reject);
      }).end();
    });
    expect(pieces.join('')).toBe('abcdefg');
    expect(pieces.length).toBeGreaterThan(1);
  });
});

describe('the order of things', () => {
  it('follows a script and repeats its last reply', async () => {
    const { url } = await start([{ body: 'a' }, { body: 'b' }]);
    expect(await bodies(url, 4)).toEqual(['a', 'b', 'b', 'b']);
  });

  it('refuses an empty script', async () => {
    await start({});
    expect(() => server.respond([])).toThrow('at least one reply');
  });

  it('can be told to answer otherwise', async () => {
    const { url } = await start({ body: 'before' });
    expect(await bodies(url, 1)).toEqual(['before']);
    server.respond({ body: 'after' });
    expect(await bodies(url, 1)).toEqual(['after']);
  });

  it('answers by the request', async () => {
    const { url } = await start(({ index, method, url: path, headers, body }) => ({
      body: [index, method, path, headers['x-key'], body],
    }));
    const response = await fetch(`${url}/a?b=1`, {
      method: 'POST',
      headers: { 'X-Key': 'k' },
      body: 'hello',
    });
    expect(await response.json()).toEqual([0, 'POST', '/a?b=1', 'k', 'hello']);
  });

  it('holds an answer back until the test lets it go', async () => {
    const events: string[] = [];
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { url, received } = await start(async () => {
      await gate;
      return { body: 'late' };
    });
    const answered = fetch(url).then(() => events.push('answered'));
    await received(1);
    events.push('released');
    release();
    await answered;
    expect(events).toEqual(['released', 'answered']);
  });

  it('delays an answer, and drops it when the client leaves', async () => {
    const { url, received } = await start([{ delay: 60_000 }, { delay: 5, body: 'soon' }]);
    const controller = new AbortController();
    const left = fetch(url, { signal: controller.signal });
    await received(1);
    controller.abort();
    await expect(left).rejects.toThrow('aborted');
    expect(await bodies(url, 1)).toEqual(['soon']);
  });

  it('keeps a log, and tells when a request has arrived', async () => {
    const { url, requests, received } = await start({});
    expect(requests).toEqual([]);
    const two = received(2);
    await fetch(`${url}/1`);
    await fetch(`${url}/2`);
    expect((await two).map(({ url: path }) => path)).toEqual(['/1', '/2']);
    expect(await received(1)).toBe(requests);
  });

  it('logs what a gzip body was compressed from, if it was', async () => {
    const { url, requests } = await start({});
    const headers = { 'content-encoding': 'gzip' };
    await fetch(url, { method: 'POST', headers, body: Uint8Array.from(gzipSync('long text')) });
    await fetch(url, { method: 'POST', headers, body: 'never compressed' });
    expect(requests.map(({ body }) => body)).toEqual(['long text', 'never compressed']);
  });
});

describe('closing', () => {
  it('reports what a handler threw', async () => {
    const { url } = await start(() => {
      throw new Error('broken test');
    });
    expect((await fetch(url)).status).toBe(500);
    await expect(server.close()).rejects.toThrow('broken test');
  });

  it('lets a server come back at its old port', async () => {
    const { port, url } = await start({ body: 'first' });
    await server.close();
    await expect(fetch(url)).rejects.toThrow();
    await start({ body: 'second' }, { port });
    expect(await (await fetch(url)).text()).toBe('second');
  });

  it('refuses a port that is taken', async () => {
    const { port } = await start({});
    await expect(startHttpServer({}, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('does not count a request whose client left while sending it', async () => {
    const { port, url, requests } = await start({});
    const socket = connect(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf');
    await new Promise((resolve) => socket.once('ready', resolve));
    socket.resetAndDestroy();
    expect(await bodies(url, 1)).toEqual(['']);
    expect(requests).toHaveLength(1);
  });
});
