import { type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTransport, type Transport } from '../transport.ts';

let server: HttpServer;
let transport: Transport;

beforeEach(async () => {
  server = await startHttpServer({ status: 400, body: 'half of it' });
  transport = createTransport({ timeout: 5000, maxResponseBytes: 1000, maxAttempts: 1 }, Date.now);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await transport.close();
  await server.close();
});

it('a status that the request calls an answer is one', async () => {
  const answer = await transport.send({ url: server.url, answerStatuses: [400] });
  expect(answer).toMatchObject({ status: 400, body: 'half of it' });
});

it('any other status of an error is a failure', async () => {
  await expect(transport.send({ url: server.url, answerStatuses: [401] })).rejects.toThrow(
    'was answered 400: half of it',
  );
});

it('an answer says how long it took, from the first try on', async () => {
  server.respond([{ status: 503, headers: { 'retry-after': '0' } }, { body: 'at last' }]);
  await transport.close();
  transport = createTransport({ timeout: 5000, maxResponseBytes: 1000, maxAttempts: 2 }, Date.now);
  let now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const answered = transport.send({ url: server.url });
  await server.received(2);
  now = 1250;
  expect(await answered).toMatchObject({ body: 'at last', durationMs: 250 });
});
