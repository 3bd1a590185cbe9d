// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { Activity, StrictMode, Suspense } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeNetwork, fakeNetwork, pageWith, reportedKeys } from '../fixtures/browser.tsx';
import { deferred, detailedMap, mapOf } from '../fixtures/maps.ts';
import { Expose, ExposeShown, Flag, FlagsProvider, useExpose, useFlag, useFlags } from './index.ts';
import type { FlagsInput } from './store.ts';

let network: FakeNetwork;
beforeEach(() => {
  vi.useFakeTimers();
  network = fakeNetwork();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets the gathering time pass. */
const gather = () => act(() => vi.advanceTimersByTimeAsync(1000));

function Read({ flag, expose }: { flag: string; expose?: boolean }) {
  return String(useFlag(flag, undefined, { expose }).value);
}

/** Reads in ways that do not count: all flags at once, and one flag as a type that it is not. */
function ReadUncounted() {
  useFlags();
  return useFlag('size', 'text').value;
}

let expose: (key: string) => void = () => {};
function ExposeLater() {
  expose = useExpose();
  return null;
}

const within = (value: FlagsInput, children: React.ReactNode) => (
  <FlagsProvider value={value}>{children}</FlagsProvider>
);

describe('what counts as an exposure', () => {
  it('is a mounted reader: all of a page in one request of keys and nothing else', async () => {
    render(
      within(
        detailedMap({ color: { value: 'red', variant: 'warm' }, size: { value: 1 } }),
        <>
          <Read flag="color" />
          <Read flag="size" />
        </>,
      ),
    );
    await gather();
    expect(network.reports).toEqual([
      {
        via: 'fetch',
        url: '/api/flags',
        type: 'application/json',
        keepalive: true,
        keys: ['color', 'size'],
        body: { keys: ['color', 'size'] },
      },
    ]);
  });

  it('is not a render on the server', async () => {
    renderToString(within(mapOf({ color: 'red' }), <Read flag="color" />));
    await gather();
    expect(network.reports).toEqual([]);
  });

  it('is a hydrated reader, once', async () => {
    const app = within(mapOf({ color: 'red' }), <Read flag="color" />);
    const container = pageWith(renderToString(app));
    await act(async () => {
      hydrateRoot(container, app);
    });
    await gather();
    expect(reportedKeys(network)).toEqual([['color']]);
  });

  it('is not a flag that is missing, of another type, or listed by useFlags', async () => {
    const map = mapOf({ color: 'red', size: 1 });
    render(
      within(
        map,
        <>
          <Read flag="missing" />
          <Read flag="constructor" />
          <ReadUncounted />
          <Expose flags={['absent']} />
        </>,
      ),
    );
    await gather();
    expect(network.reports).toEqual([]);
  });

  it('is not a flag that is disabled, which shows nobody anything', async () => {
    const map = detailedMap({ off: { value: false, reason: 'DISABLED' }, on: { value: true } });
    render(
      within(
        map,
        <>
          <Read flag="off" />
          <Flag flagKey="off" />
          <Expose flags={['off', 'on']} />
        </>,
      ),
    );
    await gather();
    expect(reportedKeys(network)).toEqual([['on']]);
  });

  it('is not a reader that asks not to be counted', async () => {
    const map = mapOf({ color: 'red', sale: true });
    render(
      within(
        map,
        <>
          <Read flag="color" expose={false} />
          <Flag flagKey="sale" expose={false} />
        </>,
      ),
    );
    await gather();
    expect(network.reports).toEqual([]);
  });

  it('is a flag that <Flag> decided by, matched or not', async () => {
    render(within(mapOf({ sale: false }), <Flag flagKey="sale">sale</Flag>));
    await gather();
    expect(reportedKeys(network)).toEqual([['sale']]);
  });

  it('is a flag named by <Expose>, and what useExpose is called with', async () => {
    render(
      within(
        mapOf({ color: 'red', size: 1, sale: true }),
        <>
          <Expose flags={['color', 'size']} />
          <ExposeLater />
        </>,
      ),
    );
    await gather();
    expose('sale');
    expose('sale');
    await gather();
    expect(reportedKeys(network)).toEqual([['color', 'size'], ['sale']]);
  });

  it('waits, for <Expose>, until a promise of the flags has arrived', async () => {
    const arriving = deferred<ReturnType<typeof mapOf>>();
    render(within(arriving.promise, <Expose flags={['color']} />));
    await gather();
    expect(network.reports).toEqual([]);
    arriving.resolve(mapOf({ color: 'red' }));
    await gather();
    expect(reportedKeys(network)).toEqual([['color']]);
  });

  it('is a flag as the server has shown it, whatever the values of the page say', async () => {
    const shown = (variant: string) =>
      within(
        detailedMap({ color: { value: 'red', variant: 'a' } }),
        <>
          <Read flag="color" />
          <ExposeShown flagKey="color" value="blue" variant={variant} />
          <ExposeShown flagKey="not-sent" value={{ hue: 1 }} />
        </>,
      );
    const { rerender } = render(shown('a'));
    await gather();
    expect(reportedKeys(network)).toEqual([['color', 'not-sent']]);
    rerender(shown('a'));
    await gather();
    rerender(shown('b'));
    await gather();
    expect(reportedKeys(network).slice(1)).toEqual([['color']]);
  });

  it('is not what a hidden part of the page holds, until it is shown', async () => {
    const tree = (mode: 'hidden' | 'visible') =>
      within(
        mapOf({ color: 'red' }),
        <Activity mode={mode}>
          <Read flag="color" />
        </Activity>,
      );
    const { rerender } = render(tree('hidden'));
    await gather();
    expect(network.reports).toEqual([]);
    rerender(tree('visible'));
    await gather();
    expect(reportedKeys(network)).toEqual([['color']]);
  });

  it('is nothing while exposures are off, and what is on the page when they are turned on', async () => {
    const tree = (exposures: boolean) => (
      <FlagsProvider value={mapOf({ color: 'red' })} exposures={exposures}>
        <Read flag="color" />
      </FlagsProvider>
    );
    const { rerender } = render(tree(false));
    await gather();
    expect(network.reports).toEqual([]);
    rerender(tree(true));
    await gather();
    expect(reportedKeys(network)).toEqual([['color']]);
  });
});

describe('an exposure counts once', () => {
  it.each([
    ['in StrictMode', true],
    ['outside it', false],
  ])('for two readers, renders again and mounts again, %s', async (_where, strict) => {
    const tree = (shown: boolean) => {
      const page = within(
        mapOf({ color: 'red' }),
        <Suspense>
          {shown && <Read flag="color" />}
          {shown && <Read flag="color" />}
          <Expose flags={['color']} />
        </Suspense>,
      );
      return strict ? <StrictMode>{page}</StrictMode> : page;
    };
    const { rerender } = render(tree(true));
    for (const shown of [true, false, true, true]) {
      rerender(tree(shown));
      await gather();
    }
    expect(reportedKeys(network).flat()).toEqual(['color']);
  });

  it('per variant: again when it changes, not when it changes back', async () => {
    const tree = (variant: string) =>
      within(detailedMap({ color: { value: 'red', variant } }), <Read flag="color" />);
    const { rerender } = render(tree('a'));
    for (const variant of ['a', 'b', 'a', 'b']) {
      await gather();
      rerender(tree(variant));
    }
    await gather();
    expect(reportedKeys(network)).toEqual([['color'], ['color']]);
  });

  it('per visitor: again for the next one, although nothing on the page changes', async () => {
    const map = detailedMap({ color: { value: 'red', variant: 'a' } });
    const tree = (visitor: string) => within({ ...map, visitor }, <Read flag="color" />);
    const { rerender } = render(tree('ada'));
    for (const visitor of ['ada', 'bob', 'ada']) {
      await gather();
      rerender(tree(visitor));
    }
    await gather();
    expect(reportedKeys(network)).toEqual([['color'], ['color']]);
  });

  it('per value where there is no variant, and for <Expose> without a render', async () => {
    const children = <Expose flags={['theme']} />;
    const { rerender } = render(within(mapOf({ theme: { hue: 1 } }), children));
    await gather();
    rerender(within(mapOf({ theme: { hue: 1 } }, 'v2'), children));
    await gather();
    rerender(within(mapOf({ theme: { hue: 2 } }, 'v3'), children));
    await gather();
    expect(reportedKeys(network)).toEqual([['theme'], ['theme']]);
  });

  it('not again because only the reason changed', async () => {
    const tree = (reason: 'SPLIT' | 'STALE') =>
      within(detailedMap({ color: { value: 'red', variant: 'a', reason } }), <Read flag="color" />);
    const { rerender } = render(tree('SPLIT'));
    await gather();
    rerender(tree('STALE'));
    await gather();
    expect(reportedKeys(network)).toEqual([['color']]);
  });
});
