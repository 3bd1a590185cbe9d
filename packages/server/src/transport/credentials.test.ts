import type { HttpRequest } from '@halyard/core';
import { type HttpServer, type Reply, startHttpServer } from '@halyard/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createTransport } from '../transport.ts';

const servers: HttpServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(reply: Reply): Promise<HttpServer> {
  const server = await startHttpServer(reply);
  servers.push(server);
  return server;
}

/** What a request fails with. */
async function failureOf(request: HttpRequest, { timeout = 10_000 } = {}) {
  const settings = { timeout, maxResponseBytes: 1000, maxAttempts: 1 };
  const transport = createTransport(settings, () => Date.now());
  const error = await transport.send(request).then(
    () => expect.fail('the request succeeded'),
    (thrown: unknown) => thrown,
  );
  await transport.close();
  return error as { message: string; cause?: unknown };
}

describe('credentials', () => {
  const secret = 'ser.abc/def+ghi=="\\ä';
  const request = (url: string): HttpRequest => ({
    url: `${url}/env/${encodeURIComponent(secret)}/flags?token=${encodeURIComponent(secret)}&page=2`,
    headers: { Authorization: 'Bearer bearer-token', 'x-key': secret },
    auth: { username: 'service-account', password: 'pass' },
    secrets: [secret],
  });

  it('are in no message, however the answer repeats them', async () => {
    const echo = `${secret} ${encodeURIComponent(secret)} ${JSON.stringify({ secret })} bearer-token pass service-account`;
    const server = await serve({ status: 403, body: echo });
    const error = await failureOf(request(server.url));
    expect(error.message).toContain('was answered 403: [redacted] [redacted]');
    for (const leak of ['abc', 'def', 'bearer-token', 'pass', 'service-account', 'page=2']) {
      expect(error.message.replaceAll('[redacted]', '')).not.toContain(leak);
    }
    expect(error.cause).toBeUndefined();
  });

  it.each<[string, Reply]>([
    ['times out', { fault: 'hang' }],
    ['breaks off', { fault: 'reset' }],
    ['makes no sense', { fault: 'garble' }],
  ])('are in no message when the connection %s', async (_name, reply) => {
    const server = await serve(reply);
    const error = await failureOf(request(server.url), { timeout: 100 });
    expect(error.message).toContain(`GET ${server.url}/env/[redacted]/flags`);
    expect(error.message).not.toContain('abc');
  });

  it('within the address itself are hidden as well', async () => {
    const server = await startHttpServer({});
    await server.close();
    const url = server.url.replace('http://', 'http://user:hunter2hunter2@');
    const error = await failureOf({ url });
    expect(error.message).not.toContain('hunter2');
  });
});
