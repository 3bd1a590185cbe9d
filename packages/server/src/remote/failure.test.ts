import { type FlagSource, HalyardError } from '@halyard/core';
import { type HttpServer, type Reply, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { next, testLogger } from '../fixtures/observe.ts';
import type { PlainDocument } from '../fixtures/plain-source.ts';
import { remoteEvaluation, remoteSource } from '../fixtures/remote-source.ts';
import { createFlagClient, type FlagClient, type FlagClientOptions } from '../index.ts';

const ANN = { targetingKey: 'ann' };
const ANSWER: Reply = { body: { color: { value: 'red', reason: 'SPLIT' } } };

let server: HttpServer;
let client: FlagClient;
let logger: ReturnType<typeof testLogger>;

beforeEach(async () => {
  server = await startHttpServer(ANSWER);
  logger = testLogger();
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

describe('a visitor that the backend does not evaluate', () => {
  const failures: [what: string, reply: Reply, words: string, deadline?: number][] = [
    ['an error', { status: 500 }, 'was answered 500'],
    ['what makes no sense', { body: 'null' }, 'the answer was not understood'],
    ['no answer in time', { fault: 'hang' }, 'was not answered within 60 ms', 60],
    ['a broken connection', { fault: 'reset' }, 'failed:'],
  ];

  it.each(failures)(
    'after %s gets defaults that say why',
    async (_what, reply, words, deadline) => {
      server.respond(reply);
      open();
      const failed = next(client, 'error');
      const snapshot = await client.load(ANN, { deadline });
      const expected = { errorCode: 'GENERAL', errorMessage: expect.stringContaining(words) };
      expect(snapshot.details('color', 'none')).toMatchObject({ value: 'none', ...expected });
      expect(snapshot.get('color', 'none')).toBe('none');
      expect(snapshot.resolve('color')).toMatchObject(expected);
      expect(snapshot.explain('color').resolution).toMatchObject(expected);
      expect([snapshot.version, snapshot.all().size]).toEqual(['', 0]);
      expect((await failed).error.message).toContain(words);
      expect(client.status()).toMatchObject({ state: 'error', remote: { requests: 1, failed: 1 } });
    },
  );

  it('is tried again within the deadline, and not beyond it', async () => {
    server.respond([{ status: 503 }, ANSWER]);
    open(undefined, { transport: { maxAttempts: 3 } });
    expect((await client.load(ANN)).get('color', 'none')).toBe('red');
    server.respond({ status: 503, headers: { 'retry-after': '5' } });
    const message = (await client.load(ANN)).details('color', '').errorMessage;
    expect(message).toContain('was answered 503');
    expect(server.requests).toHaveLength(3);
  });

  it('whose context cannot be sent is the caller’s problem, not the backend’s', async () => {
    const request = () => {
      throw new Error('no targeting key');
    };
    open({ remote: { ...remoteEvaluation(server.url), request } });
    const expected = {
      errorCode: 'INVALID_CONTEXT',
      errorMessage: expect.stringContaining('no targeting key'),
    };
    expect((await client.load(ANN)).details('color', '')).toMatchObject(expected);
    expect((await client.load('ann' as never)).details('color', '').errorCode).toBe(
      'INVALID_CONTEXT',
    );
    expect(client.status()).toMatchObject({ state: 'ready', remote: { requests: 0, failed: 0 } });
  });

  it('who is nobody in particular is told so, where the backend has to know', async () => {
    const request = () => {
      throw new HalyardError('plain', 'TARGETING_KEY_MISSING', 'who is it? Say so.');
    };
    open({ remote: { ...remoteEvaluation(server.url), request } });
    expect((await client.load({})).details('color', '')).toMatchObject({
      errorCode: 'TARGETING_KEY_MISSING',
      errorMessage: expect.stringContaining('who is it? Say so.'),
    });
    expect(server.requests).toEqual([]);
  });

  it('gets fallback definitions where there are any, and the status says so', async () => {
    open({ fallback: { kind: 'inline', value: { color: { value: 'grey' } } } });
    expect((await client.load(ANN)).get('color', 'none')).toBe('red');
    expect(client.status()).toMatchObject({ state: 'ready', origin: 'source', version: 'remote' });
    server.respond({ status: 500 });
    const snapshot = await client.load(ANN);
    expect(snapshot.details('color', 'none')).toMatchObject({ value: 'grey', reason: 'STATIC' });
    expect(client.status()).toMatchObject({
      state: 'error',
      origin: 'fallback',
      version: snapshot.version,
      flagCount: 1,
    });
  });

  it('because the client was closed meanwhile is told so', async () => {
    server.respond({ fault: 'hang' });
    open();
    const loading = client.load(ANN);
    await server.received(1);
    await client.close();
    const expected = {
      errorCode: 'PROVIDER_NOT_READY',
      errorMessage: expect.stringContaining('closed'),
    };
    expect((await loading).details('color', '')).toMatchObject(expected);
    expect((await client.load(ANN)).details('color', '')).toMatchObject(expected);
    expect(client.status()).toMatchObject({ state: 'closed', lastError: undefined });
    expect(logger.messages).toEqual([]);
  });
});

describe('a client whose backend evaluates', () => {
  it('is ready from the beginning, and refreshing it does nothing', async () => {
    open();
    expect(await client.ready()).toMatchObject({ state: 'ready', origin: undefined });
    expect(await client.refresh()).toMatchObject({ state: 'ready', version: 'remote' });
    expect(server.requests).toHaveLength(0);
  });

  it('recovers from an error with the next answer', async () => {
    server.respond([{ status: 500 }, ANSWER]);
    open();
    await client.load(ANN);
    const ready = next(client, 'ready');
    await client.load(ANN);
    expect(await ready).toMatchObject({ state: 'ready', lastError: undefined });
    expect(client.status().remote).toEqual({ requests: 2, failed: 1 });
  });

  it('has nothing to read at once, and says what to do', () => {
    open();
    const expected = {
      value: 'none',
      errorCode: 'PROVIDER_NOT_READY',
      errorMessage: expect.stringContaining('await client.load(context)'),
    };
    expect(client.snapshot(ANN).details('color', 'none')).toMatchObject(expected);
    expect(client.resolve('color', 'none', ANN)).toMatchObject(expected);
    expect(logger.messages).toEqual([expect.stringContaining('await client.load(context)')]);
  });
});
