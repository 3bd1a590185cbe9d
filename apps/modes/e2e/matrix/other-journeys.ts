import type { Journey } from './journey.ts';

const handler = (kind: string, count: number, go: Journey['go']): Journey => ({
  place: '/api/handler',
  kind,
  expected: { handler: count },
  go,
});

/** Route handlers: what an answer was decided by counts, unless it is a refusal, or did not arrive. */
export const HANDLER_JOURNEYS: readonly Journey[] = [
  handler('GET', 1, ({ fetch }) => fetch('/api/handler')),
  handler('GET, redirect', 1, ({ fetch }) => fetch('/api/handler?as=redirect')),
  handler('GET, 422', 0, ({ fetch }) => fetch('/api/handler?as=refusal')),
  handler('GET, thrown', 0, ({ fetch }) => fetch('/api/handler?as=failure')),
  handler('GET, aborted', 0, ({ abort }) => abort('/api/handler?as=slow')),
  handler('events, left', 1, ({ abort }) => abort('/api/handler?as=events')),
  handler('HEAD', 0, ({ fetch }) => fetch('/api/handler', { method: 'HEAD' })),
  handler('default link, seen', 0, async ({ tab }) =>
    (await tab()).openLinks(['/api/handler'], 'auto'),
  ),
  handler('prefetch={true}, seen', 0, async ({ tab }) =>
    (await tab()).openLinks(['/api/handler'], 'full'),
  ),
];

/** Server actions, called from a page that was reached without a document. */
export const ACTION_JOURNEYS: readonly Journey[] = [
  {
    place: '/form',
    kind: 'action, page rendered again',
    expected: { action: 1, 'page-of-action': 0 },
    go: async ({ tab, hasRead }) => {
      const form = await tab();
      await form.openLinks(['/form'], 'none');
      await form.follow('/form', 'form');
      await form.page.click('#save');
      await hasRead('action');
      await form.quiet();
    },
  },
  {
    place: '/form',
    kind: 'action, redirect',
    expected: { 'action-redirect': 1, 'page-of-action': 0 },
    go: async ({ tab }) => {
      const form = await tab();
      await form.openLinks(['/form'], 'none');
      await form.follow('/form', 'form');
      await form.page.click('#leave');
      await form.page.waitForSelector('[data-page="start"]');
      await form.quiet();
    },
  },
  {
    place: '/form',
    kind: 'action, thrown',
    expected: { 'action-throw': 0, 'page-of-action': 0 },
    go: async ({ tab }) => {
      const form = await tab();
      await form.openLinks(['/form'], 'none');
      await form.follow('/form', 'form');
      await form.page.click('#fail');
      await form.page.waitForSelector('[data-page="error"]');
      await form.quiet();
    },
  },
  {
    place: '/form',
    kind: 'action without JavaScript',
    expected: { action: 1, 'page-of-action': 1 },
    go: ({ tabWithoutScripts, hasRead }) =>
      tabWithoutScripts(async (form) => {
        await form.openBare('/form');
        await form.page.click('#save');
        await hasRead('action');
        await form.quiet();
      }),
  },
];

/** Addresses that are no page. */
export const ADDRESS_JOURNEYS: readonly Journey[] = [
  {
    // Next renders a root `not-found.tsx` along with every page, so that `get` in it counts with every
    // document that arrives. Where that matters, it is a case for a gate.
    place: '/',
    kind: 'document, with the root not-found.tsx',
    expected: { 'root-not-found': 1 },
    go: async ({ tab }) => (await tab()).open('/'),
  },
  {
    place: '/nowhere',
    kind: '404',
    expected: { 'root-not-found': 0 },
    go: async ({ tab }) => (await tab()).openBare('/nowhere'),
  },
  {
    place: '/favicon.ico',
    kind: '404',
    expected: { 'root-not-found': 0 },
    go: ({ fetch }) => fetch('/favicon.ico'),
  },
  {
    place: '/proxied-nowhere',
    kind: 'proxy, 404',
    expected: { proxy: 0, 'root-not-found': 0 },
    go: ({ fetch }) => fetch('/proxied-nowhere'),
  },
  {
    place: '/proxied-away',
    kind: 'proxy, redirect',
    expected: { proxy: 1 },
    go: ({ fetch }) => fetch('/proxied-away'),
  },
  {
    place: '/slow',
    kind: 'document, aborted',
    expected: { 'beside-slow': 0, 'slow-get': 0 },
    go: async ({ abort, hasRead }) => {
      await abort('/slow');
      await hasRead('beside-slow');
    },
  },
  {
    place: '/isr',
    kind: 'made anew',
    expected: { 'isr-get': 0, 'isr-use-flag': 0 },
    go: async ({ fetch }) => {
      for (let visit = 0; visit < 3; visit++) {
        await fetch('/isr');
        await new Promise((resolve) => setTimeout(resolve, 1100));
      }
    },
  },
];
