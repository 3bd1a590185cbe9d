import { type FlagSource, HalyardError, type Resolution, type Ruleset } from '@halyard/core';
import { type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inlineSource, type PlainDocument } from '../fixtures/plain-source.ts';
import { remoteEvaluation } from '../fixtures/remote-source.ts';
import { createFlagClient, type FlagClient, memorySink } from '../index.ts';

const OPEN: Resolution = {
  reason: 'ERROR',
  errorCode: 'GENERAL',
  errorMessage: 'not decided',
  remote: { kind: 'inconclusive', cause: 'missing_context' },
};
const LOCAL: Resolution = { value: 'local', reason: 'STATIC' };
const FLAGS: Readonly<Record<string, Resolution>> = { a: LOCAL, b: OPEN, c: OPEN };

/** Decides one flag of three; the backend could decide all. */
const ruleset: Ruleset = {
  source: 'plain',
  version: 'v1',
  flagKeys: Object.keys(FLAGS),
  diagnostics: [],
  resolve: (key) => FLAGS[key] ?? { reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' },
  resolveAll: () => Object.values(FLAGS),
};
const logger = { warn: vi.fn() };
let server: HttpServer;
let client: FlagClient;

function open(parts: Partial<FlagSource<PlainDocument>> = {}) {
  client = createFlagClient({
    source: {
      ...inlineSource({}),
      compile: () => ruleset,
      remote: remoteEvaluation(server.url),
      ...parts,
    },
    exposures: { sink: memorySink() },
    transport: { maxAttempts: 1 },
    logger,
  });
  return client.snapshot({ targetingKey: 'ann' });
}

beforeEach(async () => {
  logger.warn.mockReset();
  server = await startHttpServer({
    body: {
      a: { value: 'remote', reason: 'STATIC' },
      b: { value: 'b!', reason: 'SPLIT' },
      c: { value: 'c!', reason: 'SPLIT' },
    },
  });
});
afterEach(async () => {
  await client.close();
  await server.close();
});

describe('flags that the definitions do not decide', () => {
  it('are errors until somebody asks the backend', () => {
    const snapshot = open();
    expect(snapshot.details('b', 'x')).toMatchObject({ value: 'x', errorCode: 'GENERAL' });
    expect(server.requests).toHaveLength(0);
  });

  it('are asked about together, once per snapshot, and nothing else is', async () => {
    const snapshot = open();
    const [one, two] = await Promise.all([snapshot.complete(), snapshot.complete()]);
    expect(one).toBe(two);
    expect(server.requests.map(({ body }) => JSON.parse(body).keys)).toEqual([['b', 'c']]);
    expect(one.get('b', 'x')).toBe('b!');
    expect([...one.all()].map(([key, { value }]) => [key, value])).toEqual([
      ['a', 'local'],
      ['b', 'b!'],
      ['c', 'c!'],
    ]);
    expect(client.status().remote).toEqual({ requests: 1, failed: 0 });
  });

  it('do not change what was decided, whatever the backend says', async () => {
    const completed = await open().complete();
    expect(completed.get('a', 'x')).toBe('local');
  });

  it('stay as they are where the backend does not answer for them', async () => {
    server.respond({ body: { b: { value: 'b!', reason: 'SPLIT' } } });
    const completed = await open().complete();
    expect(completed.details('c', 'x')).toMatchObject({
      value: 'x',
      errorMessage: 'not decided',
    });
  });

  it.each([
    ['answers 500', { status: 500 }],
    ['answers nonsense', { body: 'nonsense' }],
    ['hangs up', { fault: 'reset' }],
  ] as const)(
    'are errors that say why when the backend %s, with one warning',
    async (_what, reply) => {
      server.respond(reply);
      const snapshot = open();
      const completed = await snapshot.complete();
      await client.snapshot({ targetingKey: 'bob' }).complete();
      expect(completed.details('b', 'x')).toMatchObject({
        value: 'x',
        errorCode: 'GENERAL',
        errorMessage: expect.stringContaining('the backend did not answer'),
      });
      expect(completed.get('a', 'x')).toBe('local');
      expect(client.status().remote).toEqual({ requests: 2, failed: 2 });
      expect(logger.warn).toHaveBeenCalledTimes(1);
    },
  );

  it.each([
    ['INVALID_CONTEXT', new Error('a cycle')],
    ['TARGETING_KEY_MISSING', new HalyardError('plain', 'TARGETING_KEY_MISSING', 'whose?')],
  ])('are %s, and no request, where the context cannot be sent', async (errorCode, thrown) => {
    const request = () => {
      throw thrown;
    };
    const completed = await open({
      remote: { ...remoteEvaluation(server.url), request },
    }).complete();
    expect(completed.details('b', 'x')).toMatchObject({
      value: 'x',
      errorCode,
      errorMessage: expect.stringContaining(thrown.message),
    });
    expect(completed.get('a', 'x')).toBe('local');
    expect(client.status().remote).toEqual({ requests: 0, failed: 0 });
    expect(logger.warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(thrown.message));
  });

  it('are not asked about where the backend does not evaluate, or nothing is open', async () => {
    const alone = open({ remote: undefined });
    expect(await alone.complete()).toBe(alone);
    await client.close();
    const decided = open({
      compile: () => ({ ...ruleset, resolveAll: () => [LOCAL], flagKeys: ['a'] }),
    });
    expect(await decided.complete()).toBe(decided);
    expect(server.requests).toHaveLength(0);
  });
});
