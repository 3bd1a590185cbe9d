import {
  type HttpServer,
  startHttpServer,
  type TemporaryFolder,
  temporaryFolder,
} from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { held, next, settled, testLogger } from './fixtures/observe.ts';
import { httpSource, inlineSource, type PlainDocument } from './fixtures/plain-source.ts';
import { createFlagClient, type FlagClient, type FlagClientOptions } from './index.ts';

const SHIPPED: PlainDocument = { color: { value: 'grey' }, old: { value: true } };
const LIVE: PlainDocument = { color: { value: 'red' } };

let server: HttpServer;
let folder: TemporaryFolder;
let client: FlagClient;
let logger: ReturnType<typeof testLogger>;

beforeEach(async () => {
  server = await startHttpServer({ status: 500 });
  folder = await temporaryFolder();
  logger = testLogger();
});
afterEach(async () => {
  await client.close();
  await Promise.all([server.close(), folder.cleanUp()]);
});

const inline = { kind: 'inline', value: SHIPPED } as const;
const file = (path: string) =>
  ({ kind: 'file', path, parse: (text: string) => JSON.parse(text) as PlainDocument }) as const;

function open(fallback: FlagClientOptions['source']['fallback']): FlagClient {
  client = createFlagClient({
    source: { ...httpSource(server.url), fallback },
    transport: { maxAttempts: 1 },
    logger,
  });
  return client;
}

describe('fallback definitions', () => {
  it('given in code serve from the very beginning', () => {
    open(inline);
    expect(client.snapshot().details('color', 'none')).toMatchObject({
      value: 'grey',
      reason: 'STATIC',
    });
    expect(client.status()).toMatchObject({ state: 'not-ready', origin: 'fallback', flagCount: 2 });
  });

  it('in a file serve as soon as it is read', async () => {
    server.respond({ fault: 'hang' });
    open(file(await folder.save('flags.json', JSON.stringify(SHIPPED))));
    await next(client, 'configurationChanged');
    expect(client.snapshot().get('color', 'none')).toBe('grey');
    expect(client.status()).toMatchObject({ state: 'not-ready', origin: 'fallback' });
  });

  it.each([
    ['in code', () => inline],
    ['in a file', async () => file(await folder.save('flags.json', JSON.stringify(SHIPPED)))],
  ])('%s are what there is to wait for when the source fails', async (_where, fallback) => {
    open(await fallback());
    const status = await client.ready({ timeout: 2 ** 30 });
    expect(status).toMatchObject({ state: 'error', origin: 'fallback', ageMs: undefined });
    expect(status.lastError?.message).toContain('was answered 500');
    expect((await client.load()).get('color', 'none')).toBe('grey');
  });

  it('are not waited for, nor used, when the source answers first', async () => {
    const answer = held();
    server.respond(async () => {
      await answer.promise;
      return { body: LIVE };
    });
    open(inline);
    let isReady = false;
    const ready = client.ready().finally(() => {
      isReady = true;
    });
    await settled(20);
    expect(isReady).toBe(false);
    answer.resolve();
    expect(await ready).toMatchObject({ state: 'ready', origin: 'source' });
    expect(client.snapshot().get('color', 'none')).toBe('red');
  });

  it('are replaced by those of the source, and never come back', async () => {
    open(inline);
    await client.ready();
    server.respond({ body: LIVE });
    const changed = next(client, 'configurationChanged');
    const ready = next(client, 'ready');
    expect(await client.refresh()).toMatchObject({ state: 'ready', origin: 'source' });
    expect((await changed).flagsChanged).toEqual(['color', 'old']);
    expect((await ready).lastError).toBeUndefined();
    server.respond({ status: 500 });
    expect(await client.refresh()).toMatchObject({ state: 'ready', origin: 'source' });
    expect(client.snapshot().get('color', 'none')).toBe('red');
  });

  it('are replaced even by the very same text, and no request is made conditional by them', async () => {
    const text = JSON.stringify(SHIPPED);
    server.respond({ body: text, etag: '"1"' });
    open(file(await folder.save('flags.json', text)));
    await client.ready();
    expect(await client.refresh()).toMatchObject({
      state: 'ready',
      origin: 'source',
      refreshes: { changed: 1 },
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it.each([
    ['missing', '/nowhere/flags.json', 'does not exist'],
    ['not understood', undefined, 'not understood'],
  ])('that are %s are warned about, and nothing else changes', async (_what, path, words) => {
    open(file(path ?? (await folder.save('flags.json', '{'))));
    const warned = () => logger.messages.filter((message) => message.includes('no fallback'));
    await vi.waitFor(() => expect(warned()).toEqual([expect.stringContaining(words)]));
    await vi.waitFor(() => expect(client.status().lastError).toBeDefined());
    expect(client.status()).toMatchObject({ state: 'error', origin: undefined });
    server.respond({ body: LIVE });
    expect(await client.refresh()).toMatchObject({ state: 'ready', origin: 'source' });
  });

  it('serve in place of definitions in code that are invalid', async () => {
    const source = inlineSource(SHIPPED);
    const broken = { ...source, definitions: { kind: 'inline', value: null } } as const;
    client = createFlagClient({ source: { ...broken, fallback: inline } as never, logger });
    expect(await client.ready()).toMatchObject({ state: 'error', origin: 'fallback' });
    expect(client.snapshot().get('color', 'none')).toBe('grey');
  });
});
