import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeBootstrap, type FlagsBootstrap } from '@halyard/core/bootstrap';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mapOf } from '../../fixtures/maps.ts';
import { contextSender } from './index.ts';

const colorIn = (map: FlagsBootstrap | undefined) =>
  map && decodeBootstrap(map).get('color')?.value;

let server: Server;
let endpoint: string;
/** What was received, as method, type and body. */
let received: string[];
let status: number;

beforeEach(async () => {
  received = [];
  status = 200;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      received.push(`${request.method} ${request.headers['content-type']} ${body}`);
      const { context } = JSON.parse(body);
      const answer = mapOf({ color: `of ${context.n}` });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(status === 200 ? answer : { error: 'not allowed' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/flags`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

describe('a context', () => {
  it('is sent as it is, but for who the visitor is, and gives the values for it', async () => {
    const send = contextSender(endpoint);
    expect(colorIn(await send({ targetingKey: 'ann', n: 1, beta: true }))).toBe('of 1');
    expect(received).toEqual(['POST application/json {"context":{"n":1,"beta":true}}']);
  });

  it('that is refused rejects with what the server said', async () => {
    status = 400;
    await expect(contextSender(endpoint)({ n: 1 })).rejects.toMatchObject({
      code: 'REQUEST_FAILED',
      message: expect.stringContaining('answered 400: not allowed'),
    });
  });

  it('of several at once is the last, for all of them', async () => {
    const send = contextSender(endpoint);
    const answers = await Promise.all([1, 2, 3].map((n) => send({ n })));
    expect(answers.map(colorIn)).toEqual(['of 3', 'of 3', 'of 3']);
    expect(received).toEqual(['POST application/json {"context":{"n":3}}']);
  });

  it('is sent when the one before has its answer', async () => {
    const send = contextSender(endpoint);
    const first = send({ n: 1 });
    while (received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const others = [send({ n: 2 }), send({ n: 3 })];
    expect(colorIn(await first)).toBe('of 1');
    await Promise.all(others);
    expect(received.map((line) => line.slice(line.indexOf('{')))).toEqual([
      '{"context":{"n":1}}',
      '{"context":{"n":3}}',
    ]);
  });

  it('is sent also after one that failed', async () => {
    status = 500;
    const send = contextSender(endpoint);
    await expect(send({ n: 1 })).rejects.toThrow('answered 500');
    status = 200;
    expect(colorIn(await send({ n: 2 }))).toBe('of 2');
  });
});
