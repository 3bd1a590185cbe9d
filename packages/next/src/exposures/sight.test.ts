import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { endOf, fakeRequest, within } from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import type { Flags } from '../flags.ts';
import { processSlot } from '../process/process-slot.ts';
import type { Purpose } from '../request/purpose.ts';
import type { Outcome, RequestTrace } from '../request/request-trace.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

// As React does it: `cache` remembers while server components are rendered, and nowhere else.
const react = vi.hoisted(() => ({ isRendering: false }));
vi.mock('react', async (original) => ({
  ...(await original<object>()),
  cache: <T>(make: () => T) => {
    const remembered = make();
    return () => (react.isRendering ? remembered : make());
  },
}));

let flags: Flags;

beforeEach(() => {
  fakes.created.length = 0;
  flags = createFlags({
    source: tableSource({ color: 'blue', size: 4 }, expect.getState().currentTestName),
    logger: { warn: () => {} },
  });
  // Creates the client, and with it the tracing that the tests below replace.
  flags.client.status();
});
afterEach(async () => {
  processSlot().tracing = undefined;
  react.isRendering = false;
});

const ARRIVED: Outcome = { status: 200, complete: true, renderFailed: false };

interface Situation {
  readonly purpose?: Purpose;
  readonly outcome?: Partial<Outcome>;
  readonly headers?: Record<string, string>;
  /** Whether Node says what becomes of the request. Default: true. */
  readonly isTraced?: boolean;
}

/** What is made of two reads: how many flags are counted, and what is noted of the others. */
async function madeOf(situation: Situation) {
  const { purpose = 'answer', outcome, headers, isTraced = true } = situation;
  const watchRender = vi.fn();
  const trace: Partial<RequestTrace> = {
    purpose,
    watchRender,
    outcome: async () => ({ ...ARRIVED, ...outcome }),
  };
  processSlot().tracing = isTraced
    ? { current: () => trace as RequestTrace, servers: new Set(), stop: () => {} }
    : undefined;
  const request = fakeRequest({ headers });
  await within(request, async () => {
    expect(await flags.get('color', '')).toBe('blue');
    expect(await flags.get('size', 0)).toBe(4);
    expect(await flags.get('size', 0)).toBe(4);
  });
  await endOf(request);
  const [client] = fakes.created;
  const counted = client?.exposed.flatMap(({ keys }) => keys).length;
  return { counted, omitted: client?.omitted, isWatched: watchRender.mock.calls.length > 0 };
}

const COUNTED = { counted: 2, omitted: [] };
/** Noted at the end, all together. */
const UNSEEN = { counted: 0, omitted: ['unseen 2'] };
/** Noted at once, one by one. */
const HOPELESS = { counted: 0, omitted: ['unseen 1', 'unseen 1'] };

describe('what a page reads', () => {
  beforeEach(() => {
    react.isRendering = true;
  });

  it.each<[string, Situation, object]>([
    ['counts, in a document that arrives', {}, COUNTED],
    ['counts, in a document that is still the same', { outcome: { status: 304 } }, COUNTED],
    ['does not count with a redirect', { outcome: { status: 307 } }, UNSEEN],
    ['does not count with a "not found"', { outcome: { status: 404 } }, UNSEEN],
    ['does not count with an error', { outcome: { status: 500 } }, UNSEEN],
    ['does not count when whoever asked is gone', { outcome: { complete: false } }, UNSEEN],
    ['does not count when a component fails', { outcome: { renderFailed: true } }, UNSEEN],
    ['does not count for a navigation or prefetch', { purpose: 'page-data' }, HOPELESS],
    ['does not count for a prefetch that says so', { purpose: 'speculation' }, HOPELESS],
    ['does not count in the answer of an action', { purpose: 'action' }, HOPELESS],
  ])('%s', async (_name, situation, expected) => {
    expect(await madeOf(situation)).toMatchObject(expected);
  });

  it('has the page watched from the first read on', async () => {
    expect(await madeOf({})).toMatchObject({ isWatched: true });
  });

  it.each<[string, Situation, object]>([
    ['counts, in a document', { headers: { 'sec-fetch-dest': 'document' } }, COUNTED],
    ['counts, for a program', {}, COUNTED],
    [
      'does not count in what a script fetches',
      { headers: { 'sec-fetch-dest': 'empty' } },
      HOPELESS,
    ],
    ['does not count in page data', { headers: { 'next-url': '/' } }, HOPELESS],
    ['does not count in the answer of an action', { headers: { 'next-action': '1' } }, HOPELESS],
    ['does not count for a HEAD', { headers: { 'x-halyard-uncounted': '1' } }, HOPELESS],
  ])('where Node does not tell, %s', async (_name, situation, expected) => {
    expect(await madeOf({ ...situation, isTraced: false })).toMatchObject(expected);
  });
});

describe('what a route handler, a server action or the proxy reads', () => {
  it.each<[string, Situation, object]>([
    ['counts with its answer', {}, COUNTED],
    ['counts with an action', { purpose: 'action' }, COUNTED],
    ['counts with a redirect, which it has decided', { outcome: { status: 303 } }, COUNTED],
    ['does not count with a refusal', { outcome: { status: 422 } }, UNSEEN],
    ['does not count with a failure', { outcome: { status: 500 } }, UNSEEN],
    ['does not count when whoever asked is gone', { outcome: { complete: false } }, UNSEEN],
    [
      'does not count before a page whose data may be a prefetch',
      { purpose: 'page-data' },
      HOPELESS,
    ],
    ['does not count for a prefetch', { purpose: 'speculation' }, HOPELESS],
  ])('%s', async (_name, situation, expected) => {
    expect(await madeOf(situation)).toMatchObject({ ...expected, isWatched: false });
  });

  it('counts where Node does not tell, fetched by a script or not', async () => {
    const headers = { 'sec-fetch-dest': 'empty' };
    expect(await madeOf({ headers, isTraced: false })).toMatchObject(COUNTED);
  });
});

describe('what a render reads that is no visit', () => {
  it('does not count, and is noted when the render ends', async () => {
    const request = fakeRequest({ kind: 'shadow' });
    await within(request, async () => {
      await flags.get('color', '');
      await flags.get('size', 0);
    });
    expect(fakes.created[0]?.omitted).toEqual([]);
    await endOf(request);
    expect(fakes.created[0]).toMatchObject({ exposed: [], omitted: ['unseen 2'] });
  });
});
