import { flagdUrl } from '@halyard/sources/flagd';
import { type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { fakeRequest, within } from '../fixtures/fake-next.ts';
import type { Flags } from '../flags.ts';
import { codeKey, encodeCode } from './code.ts';
import { schemaOf } from './schema.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('next/cache.js', async () => (await import('../fixtures/fake-next.ts')).nextCache);

const SECRET = 'a secret of thirty-two characters';

/** Definitions of one flag, which everybody gets the first variant of. */
const definitions = (variants: Record<string, string>) => ({
  body: {
    flags: { color: { state: 'ENABLED', variants, defaultVariant: Object.keys(variants)[0] } },
  },
});
const BEFORE = definitions({ warm: 'red', cold: 'blue' });
const AFTER = definitions({ warm: 'scarlet', cold: 'blue', mild: 'green' });

let backend: HttpServer;
const opened: Flags[] = [];

/** The flags of another process, with memory of its own. */
function otherProcess(name: string, readyTimeout = 5000) {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  const flags = createFlags({
    source: { ...flagdUrl(backend.url), id: name },
    refresh: { interval: 3_600_000 },
    readyTimeout,
    identify: () => ({ targetingKey: 'ann' }),
    logger: { warn: () => {} },
  });
  opened.push(flags);
  const page = flags.precompute({ color: 'gray' }, { secret: SECRET });
  // Its memory stays with it, although the test goes on to other processes.
  const slot = Symbol.for('halyard@1');
  const world = globalThis as Record<symbol, unknown>;
  void flags.client;
  const own = world[slot];
  const inside = async <T>(run: () => Promise<T>) => {
    world[slot] = own;
    return run();
  };
  return {
    flags,
    page,
    code: () => inside(() => within(fakeRequest(), () => page.code())),
    read: (code: string) => inside(() => page.read(code)),
  };
}

const stale = { values: { color: 'gray' }, isStale: true };
const fresh = (color: string) => ({ values: { color }, isStale: false });

beforeEach(async () => {
  backend = await startHttpServer(BEFORE);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((flags) => flags.client.close({ deadline: 0 })));
  await backend.close();
});

describe('a code made by another process', () => {
  it('is read where definitions are the same, also in another order', async () => {
    const code = await otherProcess('a').code();
    backend.respond({
      body: {
        flags: {
          color: {
            defaultVariant: 'warm',
            variants: { cold: 'blue', warm: 'red' },
            state: 'ENABLED',
          },
        },
      },
    });
    expect(await otherProcess('b').read(code)).toEqual(fresh('red'));
  });

  it('becomes no value where definitions are others: the same number means something else', async () => {
    const code = await otherProcess('before').code();
    backend.respond(AFTER);
    expect(await otherProcess('after').read(code)).toEqual(stale);
  });

  it('is read where it is the newer one, after one look for newer definitions', async () => {
    const behind = otherProcess('behind');
    expect(await behind.read(await behind.code())).toEqual(fresh('red'));
    backend.respond(AFTER);
    const code = await otherProcess('ahead').code();
    const before = backend.requests.length;
    expect(await behind.read(code)).toEqual(fresh('scarlet'));
    expect(backend.requests.length).toBe(before + 1);
  });

  it('makes nobody look for definitions twice, nor at all unless it is signed', async () => {
    const code = await otherProcess('before').code();
    backend.respond(AFTER);
    const { read } = otherProcess('after');
    expect(await read(code)).toEqual(stale);
    const before = backend.requests.length;
    expect(await read(code)).toEqual(stale);
    expect(await read('made-up')).toEqual(stale);
    expect(await read(`${code}AAAA`)).toEqual(stale);
    expect(backend.requests.length).toBe(before);
  });

  it('is remembered to be of no use with the last hundred such codes, and no more', async () => {
    const codeOf = (i: number) => {
      const schema = schemaOf('elsewhere', ['color'], () => [{ value: i }]);
      return encodeCode(codeKey(SECRET, ['color']), schema, [1]);
    };
    const { flags, read } = otherProcess('after');
    await flags.client.ready();
    for (let i = 0; i <= 100; i++) expect(await read(codeOf(i))).toEqual(stale);
    const looks = async (i: number) => {
      const before = backend.requests.length;
      await read(codeOf(i));
      return backend.requests.length - before;
    };
    expect(await looks(100)).toBe(0);
    expect(await looks(0)).toBe(1);
  });

  it('gives the defaults in time, though the backend that might know hangs', async () => {
    const code = await otherProcess('before').code();
    backend.respond(AFTER);
    const { flags, read } = otherProcess('after', 50);
    await flags.client.ready();
    backend.respond({ ...AFTER, delay: 60_000 });
    expect(await read(code)).toEqual(stale);
  });
});

describe('definitions that change while a process runs', () => {
  it('make other codes, and those under way are read as what they were', async () => {
    const { flags, code, read } = otherProcess('one');
    const underWay = await code();
    backend.respond(AFTER);
    await flags.client.refresh({ anew: true });
    const next = await code();
    expect(next).not.toBe(underWay);
    expect(await read(next)).toEqual(fresh('scarlet'));
    expect(await read(underWay)).toEqual(fresh('red'));
  });

  it('are remembered for the other copies of the module in the same process', async () => {
    const { flags, code, read } = otherProcess('one');
    const underWay = await code();
    backend.respond(AFTER);
    await flags.client.refresh({ anew: true });
    const copy = flags.precompute({ color: 'gray' }, { secret: SECRET });
    expect(await copy.read(underWay)).toEqual(fresh('red'));
    expect(await read(underWay)).toEqual(fresh('red'));
  });

  it('keep no more than the latest hundred schemas', async () => {
    const { flags, code, read } = otherProcess('one');
    const first = await code();
    for (let i = 0; i < 100; i++) {
      const page = flags.precompute({ [`other-${i}`]: 'gray' }, { secret: SECRET });
      await within(fakeRequest(), () => page.code());
    }
    backend.respond(AFTER);
    await flags.client.refresh({ anew: true });
    expect(await read(first)).toEqual(stale);
  });
});
