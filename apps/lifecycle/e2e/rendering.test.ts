import { decodeBootstrap } from '@halyard/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from './harness/server.ts';
import { type Sink, startSink } from './harness/sink.ts';

let sink: Sink;
let server: Server;

beforeAll(async () => {
  sink = await startSink('prompt');
  server = await startServer('next start', sink.url);
});
afterAll(async () => {
  await server.end(0);
  await sink.close();
});

async function fetchText(path: string, visitor: string): Promise<string> {
  const headers = { cookie: `visitor=${visitor}`, accept: 'text/html' };
  return (await fetch(`${server.url}${path}`, { headers })).text();
}

/** Resolves when the sink has what is counted for a visitor; to the flags. */
async function countedFor(visitor: string): Promise<string[]> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const own = sink.arrivals.filter(({ targetingKey }) => targetingKey === visitor);
    if (own.length > 0) return own.map(({ flagKey }) => flagKey);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing was counted for ${visitor}`);
}

describe('where the outcome is kept for everybody', () => {
  it("a read inside 'use cache' fails, and says what to do", async () => {
    expect(await fetchText('/cached', 'ann')).not.toMatch(/cached: (true|false)/);
    expect(server.output()).toContain('[next] the flag "cached" was read inside `\'use cache\'`');
    expect(server.output()).toContain('pass the value in as an argument');
  });

  it('so does one inside unstable_cache()', async () => {
    expect(await fetchText('/api/legacy-cached', 'ann')).not.toMatch(/true|false/);
    expect(server.output()).toContain('[next] flags were read inside `unstable_cache()`');
  });

  it('values that are passed in belong to the visitor', async () => {
    expect(await fetchText('/made/on', 'bob')).toContain('made: on true');
    expect(await countedFor('bob')).toEqual(['made']);
  });
});

it('generateMetadata reads the flags of the visitor', async () => {
  expect(await fetchText('/', 'cleo')).toContain('metadata: true');
  expect((await countedFor('cleo')).sort()).toEqual(['metadata', 'page']);
});

describe('in the Pages Router', () => {
  it('getServerSideProps reads on the server, and hands on what the browser reads', async () => {
    const html = await fetchText('/legacy', 'dora');
    expect(html).toContain('legacy: true');
    expect(html).toContain('legacy-client: true');
    expect(await countedFor('dora')).toEqual(['legacy']);
  });

  it('a navigation in the browser has the same in its data', async () => {
    const build = /"buildId":"([^"]+)"/.exec(await fetchText('/legacy', 'emil'))?.[1];
    const data = await fetchText(`/_next/data/${build}/legacy.json`, 'emil');
    const { legacy, flags } = JSON.parse(data).pageProps;
    expect(legacy).toBe(true);
    expect(decodeBootstrap(flags).get('legacy-client')?.value).toBe(true);
  });
});
