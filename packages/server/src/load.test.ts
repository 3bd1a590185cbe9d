import { type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testLogger } from './fixtures/observe.ts';
import { httpSource } from './fixtures/plain-source.ts';
import { createFlagClient, type FlagClient } from './index.ts';

const ANN = { targetingKey: 'ann' };

let server: HttpServer;
let client: FlagClient;

beforeEach(async () => {
  server = await startHttpServer({ body: { color: { value: 'red' } }, delay: 20 });
  client = createFlagClient({ source: httpSource(server.url), logger: testLogger() });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

describe('loading a visitor whose definitions are local', () => {
  it('waits for the first ones, and no more than that', async () => {
    expect(client.snapshot(ANN).get('color', 'none')).toBe('none');
    expect((await client.load(ANN, { keys: [] })).get('color', 'none')).toBe('red');
    expect((await client.load()).get('color', 'none')).toBe('red');
    expect(server.requests).toHaveLength(1);
    expect(client.status()).not.toHaveProperty('remote');
  });

  it('gives up after the deadline', async () => {
    const snapshot = await client.load(ANN, { deadline: 1 });
    expect(snapshot.details('color', '').errorCode).toBe('PROVIDER_NOT_READY');
  });

  it('is refused when the context is none', async () => {
    const { errorCode } = (await client.load('ann' as never)).details('color', '');
    expect(errorCode).toBe('INVALID_CONTEXT');
  });
});
