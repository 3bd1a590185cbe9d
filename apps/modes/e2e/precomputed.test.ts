import { decodeBootstrap } from '@halyard/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textsOf } from '../../demo/e2e/harness/html.ts';
import { MODES } from './harness/modes.ts';
import { type RunningMode, startMode } from './harness/start-mode.ts';

const VISITORS = Array.from({ length: 12 }, (_, i) => `passer-by-${i}`);

describe.each(MODES)('a page made in advance, in mode %s', (mode) => {
  let running: RunningMode;
  beforeAll(async () => {
    running = await startMode(mode);
  });
  afterAll(() => running.stop());

  const ask = (path: string, visitor: string) =>
    fetch(running.url + path, { headers: { cookie: `visitor=${visitor}`, accept: 'text/html' } });

  async function look(visitor: string, path = '/precomputed') {
    const response = await ask(path, visitor);
    return {
      status: response.status,
      // Next says it in one way without cached components, and in another with them.
      isPrerendered:
        response.headers.get('x-nextjs-cache') === 'HIT' ||
        response.headers.get('x-nextjs-prerender') === '1',
      cacheControl: response.headers.get('cache-control'),
      code: /\/v\/([^/]+)\//.exec(response.headers.get('x-middleware-rewrite') ?? '')?.[1],
      shade: textsOf(await response.text(), 'shade')[0],
    };
  }

  const shadeOf = async (visitor: string) =>
    decodeBootstrap(await (await ask('/api/flags', visitor)).json()).get('shade')?.value;

  it('has in its first bytes what the visitor gets elsewhere', async () => {
    const pages = await Promise.all(VISITORS.map((visitor) => look(visitor)));
    const shades = await Promise.all(VISITORS.map(shadeOf));
    expect(pages.map(({ shade }) => shade)).toEqual(shades);
    expect(new Set(shades)).toEqual(new Set(['pale', 'deep']));
    expect(new Set(pages.map(({ code }) => code)).size).toBe(2);
    for (const page of pages) {
      expect(page).toMatchObject({
        status: 200,
        isPrerendered: true,
        cacheControl: 'private, no-cache',
      });
    }
  });

  it('is one’s own, whatever code one asks for', async () => {
    const [ann = '', ...others] = VISITORS;
    const own = await look(ann);
    const pages = await Promise.all(others.map((visitor) => look(visitor)));
    const foreign = pages.find(({ code }) => code !== own.code)?.code;
    expect(foreign).toBeDefined();
    for (const code of [foreign, 'made-up', own.code?.toLowerCase()]) {
      expect(await look(ann, `/v/${code}/precomputed`)).toEqual(own);
    }
  });
});
