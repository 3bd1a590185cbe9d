import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { endOf, type FakeRequest, fakeRequest, within } from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import type { Flags } from '../flags.ts';
import { afterResponse } from './after-response.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

let flags: Flags;
const exposed = () => fakes.created[0]?.exposed ?? [];
const visit = (request: FakeRequest, read: () => Promise<unknown>) =>
  within(request, read).then(() => endOf(request));

beforeEach(() => {
  fakes.created.length = 0;
  flags = createFlags({
    source: tableSource(
      { color: 'blue', size: 4, off: undefined },
      expect.getState().currentTestName,
    ),
    identify: ({ cookies }) => ({ targetingKey: cookies.get('uid')?.value }),
    client: { flags: 'all' },
    logger: { warn: () => {} },
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('what a request has read', () => {
  it('is handed over once, after the response, for the visitor who read it', async () => {
    const request = fakeRequest({ cookies: { uid: 'u1' } });
    await within(request, async () => {
      await Promise.all([flags.get('color', ''), flags.get('size', 0), flags.get('color', '')]);
      await flags.details('size', 0);
    });
    expect(exposed()).toEqual([]);
    await endOf(request);
    expect(exposed()).toEqual([{ keys: ['color', 'size'], origin: 'server', targetingKey: 'u1' }]);
  });

  it('includes what is read while the response streams', async () => {
    const request = fakeRequest();
    await within(request, () => flags.get('color', ''));
    await new Promise((resolve) => setImmediate(resolve));
    await visit(request, () => flags.get('size', 0));
    expect(exposed().map(({ keys }) => keys)).toEqual([['color', 'size']]);
  });

  it('is handed over again for what is read after the response', async () => {
    const request = fakeRequest();
    await visit(request, () => flags.get('color', ''));
    await visit(request, () => flags.get('size', 0));
    expect(exposed().map(({ keys }) => keys)).toEqual([['color'], ['size']]);
  });

  it('belongs to whoever the visitor was at the time', async () => {
    const request = fakeRequest({ cookies: { uid: 'u1' } });
    await visit(request, async () => {
      await flags.get('color', '');
      request.cookies.set('uid', 'u2');
      await flags.get('color', '');
    });
    expect(exposed().map(({ targetingKey }) => targetingKey)).toEqual(['u1', 'u2']);
  });

  it('survives a redirect thrown after the read', async () => {
    const request = fakeRequest();
    const redirecting = within(request, async () => {
      await flags.get('color', '');
      throw Object.assign(new Error(), { digest: 'NEXT_REDIRECT;replace;/;307;' });
    });
    await expect(redirecting).rejects.toThrow();
    await endOf(request);
    expect(exposed()).toHaveLength(1);
  });

  it('is handed over at once where the host offers nothing after the response', async () => {
    await visit(fakeRequest({ kind: 'no-wait-until' }), () => flags.get('color', ''));
    await new Promise((resolve) => setImmediate(resolve));
    expect(exposed().map(({ keys }) => keys)).toEqual([['color']]);
  });
});

describe('what does not count', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a read that says so', () => flags.get('color', '', { expose: false })],
    ['an unknown flag', () => flags.get('unknown', '')],
    ['a wrong type', () => flags.get('color', 5)],
    ['reading everything', () => flags.all()],
    ['explaining', () => flags.explain('color')],
    ['hydrating', () => flags.hydrate()],
  ])('%s', async (_name, read) => {
    await visit(fakeRequest(), read);
    expect(exposed()).toEqual([]);
  });

  it.each<[string, Parameters<typeof fakeRequest>[0]]>([
    ['a render that is no visit', { kind: 'shadow' }],
    ['a speculative load', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['an older speculative load', { headers: { purpose: 'prefetch' } }],
    ['a HEAD request marked by the proxy', { headers: { 'x-halyard-uncounted': '1' } }],
  ])('%s, though its flags are evaluated', async (_name, init) => {
    const request = fakeRequest(init);
    await visit(request, async () => expect(await flags.get('color', '')).toBe('blue'));
    expect(request.afterTasks).toEqual([]);
    expect(exposed()).toEqual([]);
  });

  it('a build', async () => {
    vi.stubEnv('NEXT_PHASE', 'phase-production-build');
    await visit(fakeRequest(), () => flags.get('color', ''));
    expect(exposed()).toEqual([]);
  });

  it('a force-static page, to which Next gives no headers', async () => {
    const request = fakeRequest();
    request.headers.delete('host');
    await visit(request, () => flags.get('color', ''));
    expect(exposed()).toEqual([]);
  });
});

describe('afterResponse()', () => {
  it('runs a task after the response', async () => {
    const task = vi.fn(async () => {});
    const request = fakeRequest();
    await within(request, async () => afterResponse().submit(task));
    expect(task).not.toHaveBeenCalled();
    await endOf(request);
    expect(task).toHaveBeenCalledTimes(1);
  });

  it.each<[string, (run: () => Promise<void>) => Promise<void>]>([
    ['outside of a request', (run) => run()],
    ['on a host without waitUntil', (run) => within(fakeRequest({ kind: 'no-wait-until' }), run)],
  ])('runs it in the background %s', async (_name, where) => {
    const task = vi.fn(async () => {});
    await where(async () => void afterResponse().submit(task));
    await vi.waitFor(() => expect(task).toHaveBeenCalledTimes(1));
  });

  it('is what exposures go through unless another executor is given', async () => {
    const submit = vi.fn();
    const own = createFlags({
      source: tableSource({ color: 'blue' }, 'own executor'),
      exposures: { executor: { submit } },
    });
    await visit(fakeRequest(), () => own.get('color', ''));
    expect(submit).toHaveBeenCalledTimes(1);
  });
});
