import { type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTransport, type Transport } from '../transport.ts';

const body = JSON.stringify({ batch: Array.from({ length: 50 }, (_, i) => ({ event: `é ${i}` })) });
let server: HttpServer;
let transport: Transport;

beforeEach(async () => {
  server = await startHttpServer({ status: 200 });
  transport = createTransport({ timeout: 5000, maxResponseBytes: 1000, maxAttempts: 1 }, Date.now);
});
afterEach(async () => {
  await transport.close();
  await server.close();
});

it('a body that asks for it is sent compressed, and says so', async () => {
  await transport.send({ url: server.url, method: 'POST', body, gzip: true });
  const [request] = server.requests;
  expect(request?.headers).toMatchObject({ 'content-encoding': 'gzip' });
  expect(Number(request?.headers['content-length'])).toBeLessThan(body.length / 2);
  expect(request?.body).toBe(body);
});

it('a body that does not ask for it is sent as it is', async () => {
  await transport.send({ url: server.url, method: 'POST', body });
  const [request] = server.requests;
  expect(request?.headers).not.toHaveProperty('content-encoding');
  expect(request?.body).toBe(body);
});

it('a request without a body claims no encoding', async () => {
  await transport.send({ url: server.url, gzip: true });
  expect(server.requests[0]?.headers).not.toHaveProperty('content-encoding');
});
