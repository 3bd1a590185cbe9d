import { AsyncLocalStorage } from 'node:async_hooks';
import type { FlagSource, Resolution } from '@halyard/core';
import { type HttpServer, type Reply, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testLogger } from '../fixtures/observe.ts';
import type { PlainDocument } from '../fixtures/plain-source.ts';
import { remoteEvaluation, remoteSource } from '../fixtures/remote-source.ts';
import { createFlagClient, type FlagClient, type FlagClientOptions, memorySink } from '../index.ts';

const ANN = { targetingKey: 'ann', plan: 'pro' };
const COLOR: Resolution = { value: 'red', variant: 'warm', reason: 'TARGETING_MATCH' };
const ANSWER: Reply = { body: { color: COLOR, size: { value: 5, reason: 'SPLIT' } } };

let server: HttpServer;
let client: FlagClient;
const logger = testLogger();

beforeEach(async () => {
  server = await startHttpServer(ANSWER);
});
afterEach(async () => {
  await client.close();
  await server.close();
});

function open(
  parts?: Partial<FlagSource<PlainDocument>>,
  options: Partial<FlagClientOptions> = {},
): FlagClient {
  client = createFlagClient({
    source: remoteSource(server.url, parts),
    transport: { maxAttempts: 1 },
    logger,
    ...options,
  });
  return client;
}

describe('a visitor that the backend evaluates', () => {
  it('is one request, whose answer is read like any snapshot', async () => {
    open();
    const snapshot = await client.load(ANN);
    expect(server.requests.map(({ body }) => JSON.parse(body))).toEqual([{ context: ANN }]);
    expect(snapshot.context).toBe(ANN);
    expect(snapshot.get('color', 'none')).toBe('red');
    expect(snapshot.details('color', 'none')).toMatchObject({
      value: 'red',
      variant: 'warm',
      reason: 'TARGETING_MATCH',
    });
    expect(snapshot.resolve('color')).toEqual(COLOR);
    expect([...snapshot.all().keys()]).toEqual(['color', 'size']);
    expect(snapshot.explain('size')).toMatchObject({ resolution: { value: 5 }, source: 'plain' });
    expect(snapshot.details('size', 'none').errorCode).toBe('TYPE_MISMATCH');
    expect(snapshot.details('nope', 1).errorCode).toBe('FLAG_NOT_FOUND');
    expect(server.requests).toHaveLength(1);
  });

  it('has a version that tells one answer from another', async () => {
    open();
    const [one, same] = [await client.load(ANN), await client.load({ targetingKey: 'bob' })];
    server.respond({ body: { color: COLOR } });
    const other = await client.load(ANN);
    expect(one.version).toMatch(/^remote:[0-9a-f]{16}$/);
    expect(same.version).toBe(one.version);
    expect(other.version).not.toBe(one.version);
  });

  it('is exposed by reads exactly as visitors of local definitions are', async () => {
    const sink = memorySink();
    open(undefined, { exposures: { sink } });
    const snapshot = await client.load(ANN);
    snapshot.get('color', 'none');
    snapshot.get('color', 'none');
    snapshot.get('size', 1, { expose: false });
    snapshot.all();
    snapshot.resolve('size');
    await client.flush();
    expect(sink.exposures).toMatchObject([
      { flagKey: 'color', variant: 'warm', targetingKey: 'ann', version: snapshot.version },
    ]);
    expect(client.status().exposures).toMatchObject({ recorded: 1, deduplicated: 1 });
  });

  it('can be asked about some flags only; reading others says so', async () => {
    server.respond({ body: { color: COLOR } });
    open();
    const snapshot = await client.load(ANN, { keys: ['color', 'gone'] });
    expect(JSON.parse(server.requests[0]?.body ?? '').keys).toEqual(['color', 'gone']);
    expect(snapshot.get('color', 'none')).toBe('red');
    expect(snapshot.details('gone', 1).errorCode).toBe('FLAG_NOT_FOUND');
    expect(snapshot.details('size', 1)).toMatchObject({
      value: 1,
      errorCode: 'GENERAL',
      errorMessage: expect.stringContaining('"size" was not asked for'),
    });
  });

  it('has flags the answer lacks resolved by the source, where it can', async () => {
    open({
      missing: (key) => {
        if (key === 'throws') throw new Error('no');
        return { enabled: false, value: `no ${key}`, reason: 'DEFAULT' };
      },
    });
    const snapshot = await client.load(ANN);
    expect(snapshot.details('gone', 'x')).toMatchObject({ value: 'no gone', reason: 'DEFAULT' });
    expect(snapshot.details('throws', 'x').errorCode).toBe('FLAG_NOT_FOUND');
    const some = await client.load(ANN, { keys: ['color'] });
    expect(some.details('gone', 'x').errorCode).toBe('GENERAL');
  });

  it('has flags the answer lacks as the evaluation says, before all else', async () => {
    const remote = remoteEvaluation(server.url);
    const absent = (key: string): Resolution => {
      if (key === 'throws') throw new Error('no');
      return { reason: 'DEFAULT', errorCode: 'FLAG_NOT_FOUND', errorMessage: `no ${key}` };
    };
    open({ remote: { ...remote, absent }, missing: () => ({ value: 1, reason: 'DEFAULT' }) });
    const snapshot = await client.load(ANN);
    expect(snapshot.resolve('gone')).toEqual(absent('gone'));
    expect(snapshot.details('gone', 'x')).toMatchObject({ value: 'x', reason: 'DEFAULT' });
    expect(snapshot.resolve('throws')).toMatchObject({ errorCode: 'FLAG_NOT_FOUND' });
    server.respond({ status: 500 });
    expect((await client.load(ANN)).resolve('gone')).toEqual({ value: 1, reason: 'DEFAULT' });
  });

  it('is asked about each time, also at the same time', async () => {
    open();
    await Promise.all([client.load(ANN), client.load(ANN)]);
    expect(server.requests).toHaveLength(2);
    expect(client.status().remote).toEqual({ requests: 2, failed: 0 });
  });

  it('is evaluated within the request that asked', async () => {
    const visitor = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const remote = remoteEvaluation(server.url);
    open({
      remote: {
        ...remote,
        parse: (response, context) => {
          seen.push(visitor.getStore());
          return remote.parse(response, context);
        },
      },
    });
    await Promise.all(['ann', 'bob'].map((name) => visitor.run(name, () => client.load(ANN))));
    expect(seen.sort()).toEqual(['ann', 'bob']);
  });
});
