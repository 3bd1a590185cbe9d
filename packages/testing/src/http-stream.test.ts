import type { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpServer, type Reply, startHttpServer } from './index.ts';

let server: HttpServer;
afterEach(() => server.close());

const start = async (...replies: readonly Reply[]) => {
  server = await startHttpServer(replies);
  return server;
};

/** A reply whose stream the test gets to write on. */
function streaming(more: Reply = {}) {
  let open = (_: Writable) => {};
  const opened = new Promise<Writable>((resolve) => {
    open = resolve;
  });
  return { opened, reply: { ...more, stream: open } };
}

describe('a reply that is a stream', () => {
  it('sends its status and headers at once, and pieces as they are written', async () => {
    const { opened, reply } = streaming({ status: 201, headers: { 'x-a': '1' } });
    const { url } = await start(reply);
    const response = await fetch(url);
    expect([response.status, response.headers.get('x-a')]).toEqual([201, '1']);
    const stream = await opened;
    const reader = response.body?.getReader();
    for (const piece of ['one', 'two']) {
      stream.write(piece);
      expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(piece);
    }
    stream.end();
    expect((await reader?.read())?.done).toBe(true);
  });

  it('is not compressed, whatever the encoding', async () => {
    const { opened, reply } = streaming({ encoding: 'gzip' });
    const { url } = await start(reply);
    const response = await fetch(url);
    expect(response.headers.get('content-encoding')).toBeNull();
    (await opened).end('plain');
    expect(await response.text()).toBe('plain');
  });

  it('learns that the client has gone', async () => {
    const { opened, reply } = streaming();
    const { url } = await start(reply);
    const controller = new AbortController();
    await fetch(url, { signal: controller.signal });
    const stream = await opened;
    const closed = new Promise((resolve) => stream.on('close', resolve));
    controller.abort();
    await closed;
  });

  it('is not begun for a client that left before', async () => {
    const begun: string[] = [];
    const { url, received } = await start(
      { delay: 60_000, stream: () => begun.push('for nobody') },
      { stream: (body) => body.end(begun.push('for somebody').toString()) },
    );
    const controller = new AbortController();
    const left = fetch(url, { signal: controller.signal });
    await received(1);
    controller.abort();
    await expect(left).rejects.toThrow('aborted');
    await (await fetch(url)).text();
    expect(begun).toEqual(['for somebody']);
  });
});

it('remembers as many requests as it is told to, and numbers them all', async () => {
  server = await startHttpServer({}, { keep: 2 });
  for (const path of ['/a', '/b', '/c']) await fetch(server.url + path);
  expect(server.requests.map(({ index, url }) => [index, url])).toEqual([
    [1, '/b'],
    [2, '/c'],
  ]);
  expect(await server.received(3)).toBe(server.requests);
});
