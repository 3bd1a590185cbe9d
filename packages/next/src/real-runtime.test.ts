import { type MemorySink, memorySink } from '@halyard/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from './create-flags.ts';
import { endOf, fakeRequest, within } from './fixtures/fake-next.ts';
import { tableSource } from './fixtures/table-source.ts';
import { valuesIn } from './fixtures/values-in.ts';
import type { Flags } from './flags.ts';
import { processSlot } from './process/process-slot.ts';

vi.mock('next/headers.js', async () => (await import('./fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('./fixtures/fake-next.ts')).nextServer,
}));

let sink: MemorySink;
let flags: Flags;

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  sink = memorySink();
  flags = openFlags();
});
afterEach(async () => {
  await flags.client.close();
});

function openFlags(): Flags {
  return createFlags({
    source: tableSource({ color: 'blue', me: (key: string) => key, off: undefined }),
    identify: ({ cookies }) => ({ targetingKey: cookies.get('uid')?.value }),
    client: { flags: 'all' },
    exposures: { sink },
    logger: { warn: () => {} },
  });
}

const visitor = (uid: string) => fakeRequest({ cookies: { uid } });

async function report(uid: string, ...keys: string[]): Promise<number> {
  const request = visitor(uid);
  const body = JSON.stringify({ keys });
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const init = { method: 'POST', body, headers };
  const { status } = await within(request, () =>
    flags.handlers.POST(new Request('http://shop.test/api/flags', init)),
  );
  await endOf(request);
  return status;
}

describe('over the real runtime', () => {
  it('an exposure reaches the sink after the response, once', async () => {
    const request = visitor('u1');
    await within(request, async () => {
      expect(await flags.get('color', 'red')).toBe('blue');
      expect(await flags.get('color', 'red')).toBe('blue');
    });
    expect(sink.exposures).toEqual([]);
    await endOf(request);
    expect(sink.exposures).toMatchObject([
      { flagKey: 'color', value: 'blue', targetingKey: 'u1', origin: 'server' },
    ]);
  });

  it('what the server has counted the browser does not count again', async () => {
    const request = visitor('u1');
    await within(request, () => flags.get('color', 'red'));
    await endOf(request);
    expect(await report('u1', 'color', 'me', 'off', 'unknown')).toBe(204);
    expect(sink.exposures.map(({ flagKey, origin }) => `${flagKey} ${origin}`)).toEqual([
      'color server',
      'me client',
    ]);
    expect(flags.client.status().exposures).toMatchObject({ recorded: 2, deduplicated: 1 });
  });

  it('what two processes count, one at the server and one for the browser, has one id', async () => {
    const request = visitor('u1');
    await within(request, () => flags.get('color', 'red'));
    await endOf(request);
    const [here] = sink.exposures;
    await flags.client.close();

    // Another process knows nothing of this one.
    Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
    sink = memorySink();
    flags = openFlags();
    expect(await report('u1', 'color', 'me')).toBe(204);
    expect(sink.exposures[0]).toMatchObject({ flagKey: 'color', origin: 'client', id: here?.id });
    expect(sink.exposures[1]?.id).not.toBe(here?.id);
  });

  it('requests are followed from the first use until the last client is closed', async () => {
    expect(processSlot().tracing).toBeUndefined();
    const other = createFlags({ source: tableSource({ color: 'blue' }, 'another') });
    flags.client.status();
    const { tracing } = processSlot();
    expect(tracing).toBeDefined();
    other.client.status();
    expect(processSlot().tracing).toBe(tracing);
    await flags.client.close();
    expect(processSlot().tracing).toBe(tracing);
    await other.client.close();
    expect(processSlot().tracing).toBeUndefined();
  });

  it('visitors in numbers are kept apart, and each is counted once per flag', async () => {
    const requests = Array.from({ length: 200 }, (_, i) => visitor(`u${i % 50}`));
    const foreign = await Promise.all(
      requests.map((request, i) =>
        within(request, async () => {
          const before = await flags.get('me', '');
          await new Promise((resolve) => setImmediate(resolve));
          const values = valuesIn(await flags.hydrate());
          return [before, values.me].filter((value) => value !== `u${i % 50}`);
        }),
      ),
    );
    expect(foreign.flat()).toEqual([]);
    await Promise.all(requests.map(endOf));
    expect(sink.exposures.map(({ targetingKey }) => targetingKey).sort()).toEqual(
      Array.from({ length: 50 }, (_, i) => `u${i}`).sort(),
    );
  });

  it('a sink that is down changes nothing for the visitor', async () => {
    await flags.client.close();
    const broken = createFlags({
      source: tableSource({ color: 'blue' }, 'broken sink'),
      exposures: { sink: () => new Promise<never>(() => {}), sendTimeout: 20, maxAttempts: 1 },
      logger: { warn: () => {} },
    });
    const request = fakeRequest();
    expect(await within(request, () => broken.get('color', 'red'))).toBe('blue');
    await endOf(request);
    expect(broken.client.status().exposures).toMatchObject({ recorded: 1, delivered: 0 });
    await broken.client.close({ deadline: 0 });
  });

  it('a closed client gives defaults', async () => {
    await flags.client.close();
    expect(await within(visitor('u1'), () => flags.details('color', 'red'))).toMatchObject({
      value: 'red',
      errorCode: 'PROVIDER_NOT_READY',
    });
  });
});
