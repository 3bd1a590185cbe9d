import { isHalyardError } from '@halyard/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFlags } from '../create-flags.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { valuesIn } from '../fixtures/values-in.ts';
import { processSlot } from '../process/process-slot.ts';
import { flags } from './fixtures/shop.tsx';
import { type TestFlags, withFlags } from './index.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a read', () => {
  it('gives what the test states, of any type, without a request and without the backend', async () => {
    await withFlags(
      { checkout: 'express', discount: 5, on: true, layout: { columns: 2 } },
      async () => {
        expect(await flags.get('checkout', 'classic')).toBe('express');
        expect(await flags.get('discount', 0)).toBe(5);
        expect(await flags.get('on', false)).toBe(true);
        expect(await flags.get('layout', {})).toEqual({ columns: 2 });
      },
    );
    expect(processSlot().clients.size).toBe(0);
  });

  it('gives the variant and the reason, where the test states them', async () => {
    const stated = { value: 'express', variant: 'b', reason: 'SPLIT' } as const;
    await withFlags({ checkout: stated, discount: 5 }, async () => {
      expect(await flags.details('checkout', 'classic')).toMatchObject(stated);
      expect(await flags.details('discount', 0)).toMatchObject({ value: 5, reason: 'STATIC' });
      expect(await flags.explain('checkout')).toMatchObject({ resolution: stated });
    });
  });

  it('gives all flags at once', async () => {
    const all = await withFlags({ checkout: 'express', discount: 5 }, () => flags.all());
    expect([...all].map(([key, { value }]) => [key, value])).toEqual([
      ['checkout', 'express'],
      ['discount', 5],
    ]);
  });

  it('of a flag that was not given is the default, says so, and names those that were', async () => {
    await withFlags({ checkout: 'express', discount: 5 }, async ({ missing }) => {
      expect(await flags.details('chekout', 'classic')).toMatchObject({
        value: 'classic',
        errorCode: 'FLAG_NOT_FOUND',
        errorMessage: 'flag "chekout" was not given to withFlags(): those are checkout, discount',
      });
      await flags.get('chekout', 'classic');
      expect(missing).toEqual(['chekout']);
    });
    const { errorMessage } = await withFlags({}, () => flags.details('checkout', 'classic'));
    expect(errorMessage).toBe('flag "checkout" was not given to withFlags(): none were');
  });

  it('as another type is the default, and listed', async () => {
    await withFlags({ discount: 5 }, async ({ mistyped, missing, exposed }) => {
      expect(await flags.get('discount', 'none')).toBe('none');
      expect([mistyped, missing, exposed]).toEqual([['discount'], [], []]);
    });
  });

  it('is as the application’s own backend reads: a variant may be a switch as well', async () => {
    const table = tableSource({}, 'with switches');
    const switching = createFlags({
      source: {
        ...table,
        select: ({ value, enabled }, type) => (type === 'boolean' ? enabled : value),
      },
    });
    await withFlags({ checkout: 'express', off: false }, async () => {
      expect(await switching.get('checkout', false)).toBe(true);
      expect(await switching.get('off', true)).toBe(false);
      expect(await switching.get('checkout', 'classic')).toBe('express');
    });
  });

  it.each(['__proto__', 'constructor', 'toString'])('knows no flag named %s', async (key) => {
    await withFlags({ checkout: 'express' }, async ({ missing }) => {
      expect(await flags.get(key, 'default')).toBe('default');
      expect(missing).toEqual([key]);
    });
    const own = JSON.parse(`{"${key}": "own"}`);
    expect(await withFlags(own, () => flags.get(key, 'default'))).toBe('own');
  });
});

describe('the records', () => {
  it('hold what was read, what counted, and what nobody read', async () => {
    const kit = withFlags({ checkout: 'express', discount: 5, banner: 'hi' });
    expect(kit.unread).toEqual(['checkout', 'discount', 'banner']);
    await kit.run(async () => {
      await flags.get('discount', 0, { expose: false });
      await flags.get('checkout', 'classic');
      await flags.details('checkout', 'classic');
      await flags.get('unknown', 0);
    });
    expect(kit.read).toEqual(['discount', 'checkout', 'unknown']);
    expect(kit.exposed).toEqual(['checkout']);
    expect(kit.missing).toEqual(['unknown']);
    expect(kit.unread).toEqual(['banner']);
  });

  it('count what the runtime counts: no flag that is disabled, and none that somebody has chosen', async () => {
    const off = { value: false, reason: 'DISABLED' } as const;
    const chosen = { value: 5, reason: 'OVERRIDE' } as const;
    await withFlags({ banner: off, discount: chosen, checkout: 'express' }, async (kit) => {
      await flags.get('banner', true);
      await flags.get('discount', 0);
      await flags.get('checkout', '');
      expect(flags.client.resolve('banner', true).value).toBe(false);
      kit.provider.onExpose('discount');
      expect(kit.read).toEqual(['banner', 'discount', 'checkout']);
      expect(kit.exposed).toEqual(['checkout']);
    });
  });

  it('know nothing of listing flags', async () => {
    await withFlags({ checkout: 'express' }, async ({ read, exposed }) => {
      await flags.all();
      await flags.hydrate();
      await flags.explain('checkout');
      expect([read, exposed]).toEqual([[], []]);
    });
  });

  it('hold what goes through the client', async () => {
    await withFlags({ checkout: 'express', discount: 5 }, async (kit) => {
      const context = { targetingKey: 'ann' };
      expect(flags.client.resolve('checkout', 'classic', context).value).toBe('express');
      expect(flags.client.snapshot(context).get('discount', 0, { expose: false })).toBe(5);
      flags.client.track('bought', context, { value: 3 });
      expect(kit.read).toEqual(['checkout', 'discount']);
      expect(kit.exposed).toEqual(['checkout']);
      expect(kit.tracked).toEqual([{ name: 'bought', context, details: { value: 3 } }]);
    });
  });
});

describe('the flags of a test', () => {
  it('are those of its own code, however many run at once', async () => {
    const tests = Array.from({ length: 100 }, (_, i) =>
      withFlags({ discount: i }, async () => {
        const seen = [await flags.get('discount', -1)];
        await turn();
        seen.push(await flags.get('discount', -1));
        await new Promise((resolve) => setTimeout(resolve, i % 7));
        seen.push(valuesIn(await flags.hydrate()).discount as number);
        return seen.filter((value) => value !== i);
      }),
    );
    expect((await Promise.all(tests)).flat()).toEqual([]);
  });

  it('end with it', async () => {
    await withFlags({ checkout: 'express' }, () => flags.get('checkout', ''));
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(await flags.details('checkout', 'classic')).toMatchObject({
      value: 'classic',
      errorCode: 'INVALID_CONTEXT',
    });
  });

  it('give way to those of a test within it, and come back', async () => {
    await withFlags({ checkout: 'outer', discount: 5 }, async () => {
      await withFlags({ checkout: 'inner' }, async () => {
        expect(await flags.get('checkout', '')).toBe('inner');
        expect(await flags.get('discount', 0)).toBe(0);
      });
      expect(await flags.get('checkout', '')).toBe('outer');
    });
  });

  it('may be entered again', async () => {
    const kit = withFlags({ discount: 5 });
    expect(await kit.run(() => flags.get('discount', 0))).toBe(5);
    expect(await kit.run(() => flags.get('discount', 0))).toBe(5);
  });

  it('may be undefined, and are then not given', async () => {
    await withFlags({ discount: undefined }, async ({ missing, unread }) => {
      expect(await flags.get('discount', 7)).toBe(7);
      expect([missing, unread]).toEqual([['discount'], []]);
    });
  });

  it('are refused when they are no object', () => {
    for (const wrong of [undefined, null, 'checkout', ['checkout']]) {
      expect(() => withFlags(wrong as unknown as TestFlags)).toThrow(
        'needs the flags as an object',
      );
    }
    try {
      withFlags(null as unknown as TestFlags);
    } catch (error) {
      expect(isHalyardError(error) && error.code).toBe('INVALID_OPTION');
    }
  });
});

it('gives back what the code returns or throws, at once or later', async () => {
  expect(withFlags({}, () => 7)).toBe(7);
  expect(await withFlags({}, async () => 7)).toBe(7);
  expect(() =>
    withFlags({}, () => {
      throw new Error('at once');
    }),
  ).toThrow('at once');
  await expect(withFlags({}, () => Promise.reject(new Error('later')))).rejects.toThrow('later');
});
