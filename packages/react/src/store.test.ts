import { describe, expect, it, vi } from 'vitest';
import { deferred, detailedMap, mapOf } from '../fixtures/maps.ts';
import { createFlagStore, type FlagsInput } from './store.ts';

const allMicrotasks = () => new Promise((done) => setImmediate(done));

describe('a store made of a map', () => {
  it('has each flag with its value, variant and reason', () => {
    const store = createFlagStore(
      detailedMap({ color: { value: 'red', variant: 'warm', reason: 'SPLIT' } }, 'v7'),
    );
    expect(store.get('color')).toEqual({ value: 'red', variant: 'warm', reason: 'SPLIT' });
    expect(store.live?.version).toBe('v7');
    expect(store.ready).toBeUndefined();
  });

  it('gives the same object for a flag until that flag changes', () => {
    const store = createFlagStore(mapOf({ theme: { hue: 1, tags: ['a'] }, color: 'red' }));
    const theme = store.get('theme');
    const color = store.get('color');
    store.update(mapOf({ theme: { hue: 1, tags: ['a'] }, color: 'blue' }, 'v2'));
    expect(store.get('theme')).toBe(theme);
    expect(store.get('color')).not.toBe(color);
    expect(store.get('color')?.value).toBe('blue');
  });

  it.each([
    ['value', { value: 2, variant: 'a', reason: 'SPLIT' }],
    ['variant', { value: 1, variant: 'b', reason: 'SPLIT' }],
    ['reason', { value: 1, variant: 'a', reason: 'STALE' }],
  ] as const)('takes another %s for a change', (_what, flag) => {
    const store = createFlagStore(
      detailedMap({ price: { value: 1, variant: 'a', reason: 'SPLIT' } }),
    );
    expect(store.update(detailedMap({ price: flag }))).toBe(true);
    expect(store.get('price')).toEqual(flag);
  });

  it('keeps what the server rendered with beside the live values', () => {
    const store = createFlagStore(mapOf({ color: 'red' }));
    store.update(mapOf({ color: 'blue' }));
    expect(store.initial?.flags.get('color')?.value).toBe('red');
    expect(store.get('color')?.value).toBe('blue');
  });

  it('forgets a flag that an update no longer has', () => {
    const store = createFlagStore(mapOf({ color: 'red', size: 1 }));
    expect(store.update(mapOf({ size: 1 }))).toBe(true);
    expect(store.get('color')).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'does not mistake "%s" for a flag',
    (key) => {
      expect(createFlagStore(mapOf({ color: 'red' })).get(key)).toBeUndefined();
    },
  );

  it('has a flag named "__proto__" when one was sent', () => {
    const map = JSON.parse('{"version":"v1","outcomes":[["__proto__","red",1]]}');
    expect(createFlagStore(map).get('__proto__')?.value).toBe('red');
  });
});

describe('subscribers', () => {
  it('are told once per change, and not of an update that changes nothing', () => {
    const store = createFlagStore(mapOf({ color: 'red' }));
    const listener = vi.fn();
    store.subscribe(listener);
    expect(store.update(mapOf({ color: 'red' }))).toBe(false);
    expect(listener).not.toHaveBeenCalled();
    store.update(mapOf({ color: 'blue' }));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('are told of a new version, while the flags stay the same objects', () => {
    const store = createFlagStore(mapOf({ color: 'red' }));
    const before = store.live?.flags;
    expect(store.update(mapOf({ color: 'red' }, 'v2'))).toBe(true);
    expect(store.live?.version).toBe('v2');
    expect(store.live?.flags).toBe(before);
  });

  it('may leave while they are being told, and hear nothing more', () => {
    const store = createFlagStore(mapOf({ color: 'red' }));
    const heard: string[] = [];
    const leave = store.subscribe(() => {
      heard.push('first');
      leave();
    });
    store.subscribe(() => heard.push('second'));
    store.update(mapOf({ color: 'blue' }));
    store.update(mapOf({ color: 'green' }));
    expect(heard).toEqual(['first', 'second', 'second']);
  });
});

describe('a map that is not one', () => {
  const malformed = [
    undefined,
    null,
    42,
    'text',
    {},
    { outcomes: null },
    { outcomes: [null] },
    { outcomes: [[1, 2]] },
  ];

  it.each(malformed)('leaves the store without flags: %j', (value) => {
    const store = createFlagStore(value as unknown as FlagsInput);
    expect(store.get('color')).toBeUndefined();
    expect(store.live?.failure?.errorCode).toBe('GENERAL');
  });

  it.each(malformed)('is ignored as an update: %j', (value) => {
    const store = createFlagStore(mapOf({ color: 'red' }));
    expect(store.update(value as unknown as Parameters<typeof store.update>[0])).toBe(false);
    store.follow(value as unknown as FlagsInput);
    expect(store.get('color')?.value).toBe('red');
  });

  it('is made up for by the next good one', () => {
    const store = createFlagStore(null as unknown as FlagsInput);
    expect(store.update(mapOf({ color: 'red' }))).toBe(true);
    expect(store.get('color')?.value).toBe('red');
    expect(store.live?.failure).toBeUndefined();
  });

  it('may lack reasons', () => {
    const store = createFlagStore({
      version: 'v1',
      outcomes: [['color', 'red']],
    } as unknown as FlagsInput);
    expect(store.get('color')).toEqual({ value: 'red', variant: undefined, reason: 'UNKNOWN' });
  });
});

describe('a map without version and values, which a server sends when it cannot answer', () => {
  const nothing = { version: '', outcomes: [] };

  it('is no flags at first, and says why', () => {
    expect(createFlagStore(nothing).live?.failure).toEqual({
      errorCode: 'PROVIDER_NOT_READY',
      errorMessage: 'the flags did not load: not sent',
    });
  });

  it('takes no values away later, however it comes', async () => {
    const store = createFlagStore(mapOf({ color: 'red' }));
    const listener = vi.fn();
    store.subscribe(listener);
    store.follow(Promise.resolve(nothing));
    await allMicrotasks();
    expect(store.update(nothing)).toBe(false);
    expect(store.get('color')?.value).toBe('red');
    expect(listener).not.toHaveBeenCalled();
  });

  it('is not one whose visitor may see no flag', () => {
    const store = createFlagStore(mapOf({ color: 'red' }));
    expect(store.update(mapOf({}, 'v2'))).toBe(true);
    expect(store.get('color')).toBeUndefined();
    expect(store.live?.failure).toBeUndefined();
  });
});

describe('a store made of a promise', () => {
  it('is ready when the promise is', async () => {
    const { promise, resolve } = deferred<ReturnType<typeof mapOf>>();
    const store = createFlagStore(promise);
    expect([store.live, store.get('color')]).toEqual([undefined, undefined]);
    resolve(mapOf({ color: 'red' }));
    await store.ready;
    expect(store.get('color')?.value).toBe('red');
  });

  it('is without flags when the promise is rejected, and says why', async () => {
    const store = createFlagStore(Promise.reject(new Error('no route')));
    await store.ready;
    expect(store.live?.failure).toEqual({
      errorCode: 'GENERAL',
      errorMessage: 'the flags did not load: no route',
    });
  });

  it('keeps a newer update when the promise resolves after it', async () => {
    const { promise, resolve } = deferred<ReturnType<typeof mapOf>>();
    const store = createFlagStore(promise);
    store.update(mapOf({ color: 'blue' }, 'v2'));
    resolve(mapOf({ color: 'red' }, 'v1'));
    await store.ready;
    expect(store.get('color')?.value).toBe('blue');
    expect(store.initial?.flags.get('color')?.value).toBe('red');
  });

  it('takes any thenable, such as the ones React sends over the wire', async () => {
    const thenable = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable that is no Promise is the point
      then: (resolve: (map: unknown) => void) => resolve(mapOf({ color: 'red' })),
    };
    const store = createFlagStore(thenable as unknown as FlagsInput);
    await store.ready;
    expect(store.get('color')?.value).toBe('red');
  });

  it('has the flags at once when another store has already waited for them', async () => {
    const promise = Promise.resolve(mapOf({ color: 'red' }));
    await createFlagStore(promise).ready;
    expect(createFlagStore(promise).get('color')?.value).toBe('red');
  });

  it('hands out one promise for one promise, so that a discarded render can be repeated', () => {
    const { promise } = deferred<ReturnType<typeof mapOf>>();
    expect(createFlagStore(promise).ready).toBe(createFlagStore(promise).ready);
  });
});

describe('following what the provider is given', () => {
  it('takes the same value only once, also when an update came in between', () => {
    const first = mapOf({ color: 'red' });
    const store = createFlagStore(first);
    store.update(mapOf({ color: 'blue' }));
    store.follow(first);
    expect(store.get('color')?.value).toBe('blue');
  });

  it('lets the last of several promises win, whichever resolves last', async () => {
    const store = createFlagStore(mapOf({ color: 'red' }));
    const slow = deferred<ReturnType<typeof mapOf>>();
    const fast = deferred<ReturnType<typeof mapOf>>();
    store.follow(slow.promise);
    store.follow(fast.promise);
    fast.resolve(mapOf({ color: 'blue' }));
    slow.resolve(mapOf({ color: 'green' }));
    await allMicrotasks();
    expect(store.get('color')?.value).toBe('blue');
  });

  it('keeps the values when a later promise is rejected', async () => {
    const store = createFlagStore(mapOf({ color: 'red' }));
    const later = deferred<ReturnType<typeof mapOf>>();
    store.follow(later.promise);
    later.reject(new Error('gone'));
    await allMicrotasks();
    expect(store.get('color')?.value).toBe('red');
    expect(store.live?.failure).toBeUndefined();
  });
});
