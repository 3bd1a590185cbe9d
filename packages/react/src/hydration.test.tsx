// @vitest-environment jsdom
import { act, lazy, StrictMode, Suspense, startTransition } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hydrate, pageWith, watchConsole, watchText } from '../fixtures/browser.tsx';
import { completeHtml } from '../fixtures/html-stream.ts';
import { deferred, mapOf } from '../fixtures/maps.ts';
import { FlagsProvider, useFlag, useFlagStore } from './index.ts';
import type { FlagStore, FlagsInput } from './store.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

let expectCleanConsole: () => void;
let store: FlagStore | undefined;
let rendered: string[] = [];
beforeEach(() => {
  rendered = [];
  expectCleanConsole = watchConsole();
});
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

function Color() {
  const { value } = useFlag('color', 'gray');
  rendered.push(value);
  return <b>{value}</b>;
}

/** Hands the tree's store to the test. */
function Store() {
  store = useFlagStore();
  return null;
}

const App = ({ value }: { value: FlagsInput }) => (
  <FlagsProvider value={value}>
    <Color />
    <Store />
  </FlagsProvider>
);

describe('hydration', () => {
  it('repeats the server values, keeps its nodes and complains about nothing', async () => {
    const container = pageWith(renderToString(<App value={mapOf({ color: 'red' })} />));
    const node = container.querySelector('b');
    const texts = watchText(container);
    const page = await hydrate(container, <App value={mapOf({ color: 'red' })} />);
    expect(container.querySelector('b')).toBe(node);
    expect(texts).toEqual(['red']);
    expect(page.recoverable).toEqual([]);
    expectCleanConsole();
  });

  it('does so in StrictMode', async () => {
    const app = (
      <StrictMode>
        <App value={mapOf({ color: 'red' })} />
      </StrictMode>
    );
    const container = pageWith(renderToString(app));
    const page = await hydrate(container, app);
    expect(container.textContent).toBe('red');
    expect(page.recoverable).toEqual([]);
    expectCleanConsole();
  });

  it('does so with a promise, resolved or not, in a boundary or not', async () => {
    for (const bounded of [true, false]) {
      const app = (value: FlagsInput) =>
        bounded ? (
          <Suspense fallback="loading">
            <App value={value} />
          </Suspense>
        ) : (
          <App value={value} />
        );
      const html = await completeHtml(app(Promise.resolve(mapOf({ color: 'red' }))));
      const container = pageWith(html);
      const texts = watchText(container);
      const arriving = deferred<ReturnType<typeof mapOf>>();
      const page = await hydrate(container, app(arriving.promise));
      await act(async () => arriving.resolve(mapOf({ color: 'red' })));
      expect(texts).toEqual(['red']);
      expect(store?.get('color')?.value).toBe('red');
      expect(page.recoverable).toEqual([]);
    }
    expectCleanConsole();
  });

  it('does so with one promise that several boundaries and a second provider share', async () => {
    const app = (value: FlagsInput) => (
      <>
        <Suspense fallback="loading">
          <App value={value} />
        </Suspense>
        <FlagsProvider value={value}>
          <Suspense fallback="loading">
            <Color />
          </Suspense>
          <Suspense fallback="loading">
            <Color />
          </Suspense>
        </FlagsProvider>
      </>
    );
    const html = await completeHtml(app(Promise.resolve(mapOf({ color: 'red' }))));
    const container = pageWith(html);
    const texts = watchText(container);
    const page = await hydrate(container, app(Promise.resolve(mapOf({ color: 'red' }))));
    expect(texts).toEqual(['redredred']);
    expect(page.recoverable).toEqual([]);
    expectCleanConsole();
  });

  it('ends in the same defaults as the server when the promise is rejected on both sides', async () => {
    const app = () => (
      <Suspense fallback="loading">
        <App value={Promise.reject(new Error('down'))} />
      </Suspense>
    );
    const html = await completeHtml(app());
    const page = await hydrate(pageWith(html), app());
    expect(page.container.textContent).toBe('gray');
    expect(page.recoverable).toEqual([]);
    expectCleanConsole();
  });
});

describe('a boundary that hydrates late', () => {
  it('repeats the server value although an update has landed, then shows the update', async () => {
    const code = deferred<{ default: typeof Color }>();
    const Late = lazy(() => code.promise);
    const app = (Content: typeof Color) => (
      <FlagsProvider value={mapOf({ color: 'red' })}>
        <Store />
        <Suspense fallback="loading">
          <Content />
        </Suspense>
      </FlagsProvider>
    );
    const container = pageWith(renderToString(app(Color)));
    const node = container.querySelector('b');
    const texts = watchText(container);
    const page = await hydrate(container, app(Late as unknown as typeof Color));
    await act(async () => store?.update(mapOf({ color: 'blue' }, 'v2')));
    expect(texts).toEqual(['red']);
    rendered = [];
    await act(async () => code.resolve({ default: Color }));
    expect(rendered).toEqual(['red', 'blue']);
    expect(texts).toEqual(['red', 'blue']);
    expect(container.querySelector('b')).toBe(node);
    expect(page.recoverable).toEqual([]);
    expectCleanConsole();
  });

  it('does so when the update came with new props', async () => {
    const code = deferred<{ default: typeof Color }>();
    const Late = lazy(() => code.promise);
    const app = (Content: typeof Color, color: string) => (
      <FlagsProvider value={mapOf({ color })}>
        <Suspense fallback="loading">
          <Content />
        </Suspense>
      </FlagsProvider>
    );
    const container = pageWith(renderToString(app(Color, 'red')));
    const texts = watchText(container);
    const page = await hydrate(container, app(Late as unknown as typeof Color, 'red'));
    // As routers do it: outside a transition React itself gives up on a boundary not yet hydrated.
    await act(async () =>
      startTransition(() => page.root.render(app(Late as unknown as typeof Color, 'blue'))),
    );
    await act(async () => code.resolve({ default: Color }));
    expect(texts).toEqual(['red', 'blue']);
    expect(page.recoverable).toEqual([]);
    expectCleanConsole();
  });
});

describe('two trees in one page', () => {
  it('keep their own flags', async () => {
    const [red, blue] = ['red', 'blue'].map((color) =>
      pageWith(renderToString(<App value={mapOf({ color })} />)),
    ) as [HTMLElement, HTMLElement];
    await hydrate(red, <App value={mapOf({ color: 'red' })} />);
    const first = store;
    await hydrate(blue, <App value={mapOf({ color: 'blue' })} />);
    await act(async () => first?.update(mapOf({ color: 'green' })));
    expect([red.textContent, blue.textContent]).toEqual(['green', 'blue']);
    expectCleanConsole();
  });
});
