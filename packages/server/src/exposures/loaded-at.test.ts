import type { Exposure } from '@halyard/core';
import { fakeClock, type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { testLogger } from '../fixtures/observe.ts';
import { httpSource, inlineSource } from '../fixtures/plain-source.ts';
import { testCache } from '../fixtures/test-cache.ts';
import { createFlagClient, type FlagClientOptions, memorySink } from '../index.ts';

const RED = { color: { value: 'red' } };
const BLUE = { color: { value: 'blue' } };
let server: HttpServer | undefined;

afterEach(() => server?.close());

/** A client whose exposures say when their definitions were loaded. */
async function clientOf(
  replies: Parameters<typeof startHttpServer>[0],
  options: Partial<FlagClientOptions> = {},
) {
  server = await startHttpServer(replies);
  const sink = memorySink();
  const clock = fakeClock();
  const start = clock.now();
  const client = createFlagClient({
    source: httpSource(`${server.url}/flags`),
    exposures: { sink },
    clock: clock.now,
    logger: testLogger(),
    ...options,
  });
  await client.ready();
  return {
    client,
    clock,
    sink,
    async loadedAt(visitor: string) {
      client.resolve('color', 'none', { targetingKey: visitor });
      await client.flush();
      const { definitionsLoadedAt: at } = sink.exposures.at(-1) as Exposure;
      return at === undefined ? undefined : at - start;
    },
    async refreshAfter(ms: number) {
      clock.advance(ms);
      await client.refresh();
    },
  };
}

describe('an exposure says when the backend gave the definitions that decided', () => {
  it('which an answer of the same does, and one that nothing has changed does not', async () => {
    const etag = '"1"';
    const under = await clientOf([
      { body: RED, etag },
      { body: RED, etag },
      { body: RED, etag: '"2"' },
      { body: BLUE },
    ]);
    expect(await under.loadedAt('ann')).toBe(0);
    await under.refreshAfter(1000);
    expect(under.client.status().refreshes).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await under.loadedAt('bob')).toBe(0);
    await under.refreshAfter(1000);
    expect(under.client.status().refreshes).toMatchObject({ changed: 1, unchanged: 2 });
    expect(await under.loadedAt('cyd')).toBe(2000);
    await under.refreshAfter(1000);
    expect(under.client.status().refreshes).toMatchObject({ changed: 2, unchanged: 2 });
    expect(await under.loadedAt('dan')).toBe(3000);
    await under.client.close();
  });

  it('and not when it gave others, which have replaced them since', async () => {
    const under = await clientOf([{ body: RED }, { body: BLUE }]);
    const before = under.client.snapshot({ targetingKey: 'ann' });
    await under.refreshAfter(1000);
    before.get('color', 'none');
    await under.client.flush();
    expect(under.sink.exposures).toMatchObject([{ value: 'red' }]);
    expect(under.sink.exposures[0]).not.toHaveProperty('definitionsLoadedAt');
    await under.client.close();
  });

  it.each<[string, Partial<FlagClientOptions>]>([
    ['a cache', { cache: testCache({ leads: false, data: { pages: [JSON.stringify(RED)] } }) }],
    ['the program', { source: inlineSource(RED) }],
  ])('but not where they are from %s', async (_whence, options) => {
    const under = await clientOf({ status: 500 }, options);
    expect(await under.loadedAt('ann')).toBeUndefined();
    expect(under.sink.exposures).toMatchObject([{ value: 'red' }]);
    await under.client.close();
  });
});
