import { type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTransport, type Transport } from '../transport.ts';

let server: HttpServer;
let transport: Transport;

beforeEach(async () => {
  server = await startHttpServer([{ status: 503 }, { status: 200 }]);
  transport = createTransport({ timeout: 5000, maxResponseBytes: 1000, maxAttempts: 2 }, Date.now);
});
afterEach(async () => {
  await transport.close();
  await server.close();
});

const traces = () => server.requests.map(({ headers }) => headers.traceparent);

it('a request that begins a trace has one of its own at each try', async () => {
  await transport.send({ url: server.url, trace: true });
  await transport.send({ url: server.url, trace: true });
  expect(traces()).toHaveLength(3);
  for (const trace of traces()) expect(trace).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  expect(new Set(traces()).size).toBe(3);
});

it('other requests have none', async () => {
  await transport.send({ url: server.url });
  expect(traces()).toEqual([undefined, undefined]);
});
