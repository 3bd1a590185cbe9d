import type { FlagSource } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { fakeRequest, within } from '../fixtures/fake-next.ts';
import { fakes } from '../fixtures/fake-server.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { valuesIn } from '../fixtures/values-in.ts';
import type { CreateFlagsOptions, Flags } from '../flags.ts';
import { processSlot } from '../process/process-slot.ts';

vi.mock('next/headers.js', async () => (await import('../fixtures/fake-next.ts')).nextHeaders);
vi.mock('next/server.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('../fixtures/fake-next.ts')).nextServer,
}));
vi.mock('@halyard/server', () => import('../fixtures/fake-server.ts'));

const logger = { warn: vi.fn() };

function makeFlags(options: Partial<CreateFlagsOptions> = {}) {
  return createFlags({
    source: tableSource({ color: 'blue' }, expect.getState().currentTestName),
    client: { flags: 'all' },
    logger,
    ...options,
  });
}

/** What every reader gives. */
async function readAll(flags: Flags) {
  return {
    get: await flags.get('color', 'red'),
    details: await flags.details('color', 'red'),
    all: [...(await flags.all())],
    explain: await flags.explain('color'),
    hydrate: await flags.hydrate(),
  };
}

function defaultsWith(errorCode: string) {
  return {
    get: 'red',
    details: expect.objectContaining({
      flagKey: 'color',
      value: 'red',
      reason: 'ERROR',
      errorCode,
      errorMessage: expect.any(String),
      flagMetadata: {},
    }),
    all: [],
    explain: expect.objectContaining({
      flagKey: 'color',
      resolution: expect.objectContaining({ reason: 'ERROR', errorCode }),
      steps: [],
      source: 'table',
    }),
    hydrate: { version: expect.any(String), outcomes: [] },
  };
}

beforeEach(() => {
  fakes.startup = 'ready';
  processSlot().warned.clear();
});
afterEach(() => {
  fakes.created.length = 0;
  logger.warn.mockReset();
  vi.useRealTimers();
});

describe('every read gives its default', () => {
  it('when identify throws', async () => {
    const flags = makeFlags({
      identify: () => {
        throw new Error('session store is down');
      },
    });
    expect(await within(fakeRequest(), () => readAll(flags))).toEqual(
      defaultsWith('INVALID_CONTEXT'),
    );
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('session store is down'));
  });

  it('when identify rejects with nothing', async () => {
    const flags = makeFlags({ identify: () => Promise.reject() });
    expect(await within(fakeRequest(), () => readAll(flags))).toEqual(
      defaultsWith('INVALID_CONTEXT'),
    );
  });

  it('when identify hangs, once for the whole request', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const identify = vi.fn(() => new Promise<never>(() => {}));
    const flags = makeFlags({ identify, identifyTimeout: 250 });
    const reading = within(fakeRequest(), () => readAll(flags));
    await vi.advanceTimersByTimeAsync(250);
    expect(await reading).toEqual(defaultsWith('INVALID_CONTEXT'));
    expect(identify).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('outside of a request, with the way out', async () => {
    const flags = makeFlags();
    const read = await readAll(flags);
    expect(read).toEqual(defaultsWith('INVALID_CONTEXT'));
    expect(read.details.errorMessage).toContain('flags.client.resolve(key, default, context)');
  });

  it('when the client breaks its word', async () => {
    const flags = makeFlags();
    vi.spyOn(flags.client, 'snapshot').mockImplementation(() => {
      throw new Error('broken');
    });
    expect(await within(fakeRequest(), () => readAll(flags))).toEqual(defaultsWith('GENERAL'));
  });

  it('when a flag is broken, and its neighbours do not mind', async () => {
    const broken = () => {
      throw new Error('bad rule');
    };
    const source = tableSource({ broken, color: 'blue' }, 'broken flag');
    const flags = createFlags({ source, client: { flags: 'all' }, logger });
    await within(fakeRequest(), async () => {
      expect(await flags.details('broken', 1)).toMatchObject({ value: 1, errorCode: 'GENERAL' });
      expect(await flags.get('color', 'red')).toBe('blue');
      expect(valuesIn(await flags.hydrate())).toEqual({ color: 'blue' });
    });
  });

  it('when a flag cannot be read as some type, which takes no other flag from the browser', async () => {
    const table = tableSource({ color: 'blue', size: 4 }, 'broken select');
    const select: FlagSource['select'] = (resolution, type) => {
      if (type === 'number' && resolution.value === 'blue') throw new Error('no number');
      return table.select(resolution, type);
    };
    const flags = createFlags({ source: { ...table, select }, client: { flags: 'all' }, logger });
    await within(fakeRequest(), async () => {
      expect(await flags.details('color', 1)).toMatchObject({ value: 1, errorCode: 'GENERAL' });
      expect(valuesIn(await flags.hydrate())).toEqual({ color: 'blue', size: 4 });
    });
  });

  it('even when the logger throws', async () => {
    const flags = makeFlags({
      logger: {
        warn: () => {
          throw new Error('log is full');
        },
      },
    });
    expect(await flags.get('color', 'red')).toBe('red');
  });
});

describe('definitions that are not there yet', () => {
  it('are waited for', async () => {
    fakes.startup = 'await';
    const flags = makeFlags();
    const reading = within(fakeRequest(), () => flags.get('color', 'red'));
    await new Promise((resolve) => setImmediate(resolve));
    fakes.created[0]?.becomeReady();
    expect(await reading).toBe('blue');
  });

  it('are waited for once, with one timeout for everybody; then reads give defaults at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    fakes.startup = 'await';
    const flags = makeFlags({ readyTimeout: 400 });
    const early = Promise.all(
      [1, 2, 3].map(() => within(fakeRequest(), () => flags.details('color', 'red'))),
    );
    await vi.advanceTimersByTimeAsync(400);
    for (const details of await early) {
      expect(details).toMatchObject({ value: 'red', errorCode: 'PROVIDER_NOT_READY' });
    }
    expect(await within(fakeRequest(), () => flags.get('color', 'red'))).toBe('red');
    expect(fakes.created[0]?.calls).toEqual(['ready(400)']);
    fakes.created[0]?.becomeReady();
    expect(await within(fakeRequest(), () => flags.get('color', 'red'))).toBe('blue');
  });
});

describe("Next's signals", () => {
  const signal = Object.assign(new Error('NEXT'), { digest: 'NEXT_REDIRECT;replace;/login;307;' });
  const readers: [string, (flags: Flags) => Promise<unknown>][] = [
    ['get', (flags) => flags.get('color', 'red')],
    ['details', (flags) => flags.details('color', 'red')],
    ['all', (flags) => flags.all()],
    ['explain', (flags) => flags.explain('color')],
    ['hydrate', (flags) => flags.hydrate()],
    ['GET', (flags) => flags.handlers.GET(new Request('http://shop.test/api/flags'))],
  ];

  it.each(readers)('travel through %s', async (_name, read) => {
    const flags = makeFlags({ identify: () => Promise.reject(signal) });
    await expect(within(fakeRequest(), () => read(flags))).rejects.toBe(signal);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('in a promise that nobody reads are no unhandled rejection', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const flags = makeFlags({ identify: () => Promise.reject(signal) });
    await within(fakeRequest(), async () => {
      void flags.hydrate();
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('include a prerender, in which a read never ends and identify is not asked', async () => {
    const identify = vi.fn(() => ({}));
    const flags = makeFlags({ identify });
    let done = false;
    void within(fakeRequest({ kind: 'prerender' }), () => flags.get('color', 'red')).then(() => {
      done = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    expect(identify).not.toHaveBeenCalled();
  });
});
