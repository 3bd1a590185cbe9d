// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { Activity, type ReactNode, StrictMode, Suspense, startTransition, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeNetwork, watchConsole, watchText } from '../fixtures/browser.tsx';
import { deferred, mapOf } from '../fixtures/maps.ts';
import { FlagsProvider, useFlag, useFlagStore, useFlags } from './index.ts';
import type { FlagStore, FlagsInput } from './store.ts';

let expectCleanConsole: () => void;
let rendered: string[] = [];
let store: FlagStore | undefined;
beforeEach(() => {
  fakeNetwork();
  expectCleanConsole = watchConsole();
  rendered = [];
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function Reason() {
  const { value, reason } = useFlag('color', 'gray');
  return <b>{`${value} ${reason}`}</b>;
}

function All({ onRender }: { onRender: (flags: object) => void }) {
  onRender(useFlags());
  return null;
}

let open: () => void = () => {};
/** Reads a flag only when it is opened. */
function Dialog() {
  const [shown, setShown] = useState(false);
  open = () => setShown(true);
  return <Suspense fallback="loading">{shown && <Reader flag="color" />}</Suspense>;
}

/** Lets everything that has become possible happen. */
const settle = (cause: () => void = () => {}) =>
  act(async () => {
    cause();
    await new Promise((done) => setTimeout(done));
  });

/** Renders as a browser does: what suspends may resume. */
async function mount(element: ReactNode) {
  const view = render(null);
  await settle(() => view.rerender(element));
  return view;
}

function Reader({ flag }: { flag: string }) {
  const value = String(useFlag(flag, 'default').value);
  rendered.push(`${flag}=${value}`);
  return <b>{value}</b>;
}

function Store() {
  store = useFlagStore();
  return null;
}

// Made once, as router trees are: a new provider value does not re-render what is inside by itself.
const inside = (
  <>
    <Store />
    <Suspense fallback="loading">
      <Reader flag="color" /> <Reader flag="size" />
    </Suspense>
  </>
);

const Tree = ({ value }: { value: FlagsInput }) => (
  <FlagsProvider value={value}>{inside}</FlagsProvider>
);

describe('new values from the server', () => {
  it('reach the readers without a default or an old value painted in between', async () => {
    const { container, rerender } = render(<Tree value={mapOf({ color: 'red', size: 's' })} />);
    const texts = watchText(container);
    rerender(<Tree value={mapOf({ color: 'blue', size: 'm' })} />);
    await settle();
    expect(texts).toEqual(['red s', 'blue m']);
    expectCleanConsole();
  });

  it('appear together with what the server rendered with them', async () => {
    const tree = (text: string, color: string) => (
      <FlagsProvider value={mapOf({ color })}>
        {text} <Reader flag="color" />
      </FlagsProvider>
    );
    // Without act(), which would hide what the browser could paint between two commits.
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
    const container = document.createElement('div');
    const root = createRoot(container);
    root.render(tree('old', 'red'));
    await vi.waitFor(() => expect(container.textContent).toBe('old red'));
    const texts = watchText(container);
    startTransition(() => root.render(tree('new', 'blue')));
    await vi.waitFor(() => expect(container.textContent).toBe('new blue'));
    expect(texts).toEqual(['old red', 'new blue']);
    root.unmount();
  });

  it('re-render only the readers whose flag changed', () => {
    const theme = { hue: 1 };
    const { rerender } = render(<Tree value={mapOf({ color: 'red', size: 's', theme })} />);
    rendered = [];
    rerender(<Tree value={mapOf({ color: 'blue', size: 's', theme })} />);
    expect(rendered).toEqual(['color=blue']);
  });

  it('re-render nobody when they equal the old ones', () => {
    const { rerender } = render(<Tree value={mapOf({ color: 'red', size: 's' })} />);
    rendered = [];
    rerender(<Tree value={mapOf({ color: 'red', size: 's' }, 'v2')} />);
    expect(rendered).toEqual([]);
    expect(store?.live?.version).toBe('v2');
  });

  it('leave useFlags its object until one of the flags changes', () => {
    const seen = new Set<object>();
    const tree = (color: string, version: string) => (
      <FlagsProvider value={mapOf({ color }, version)}>
        <All onRender={(flags) => seen.add(flags)} />
      </FlagsProvider>
    );
    const { rerender } = render(tree('red', 'v1'));
    rerender(tree('red', 'v2'));
    expect(seen.size).toBe(1);
    rerender(tree('blue', 'v3'));
    expect(seen.size).toBe(2);
  });

  it('are not undone when the page renders again, or is shown again, with the same props', async () => {
    const value = mapOf({ color: 'red', size: 's' });
    const tree = (mode: 'visible' | 'hidden') => (
      <StrictMode>
        <Activity mode={mode}>
          <Tree value={value} />
        </Activity>
      </StrictMode>
    );
    const { container, rerender } = render(tree('visible'));
    await act(async () => store?.update(mapOf({ color: 'blue', size: 'm' })));
    rerender(tree('hidden'));
    rerender(tree('visible'));
    expect(container.textContent).toBe('blue m');
    expectCleanConsole();
  });

  it('are there for a reader that mounts in the same commit', () => {
    const tree = (color: string, late: boolean) => (
      <FlagsProvider value={mapOf({ color })}>{late && <Reader flag="color" />}</FlagsProvider>
    );
    const { container, rerender } = render(tree('red', false));
    rerender(tree('blue', true));
    expect(container.textContent).toBe('blue');
  });
});

describe('a promise as value', () => {
  it('shows the fallback of the reader only, then the value', async () => {
    const arriving = deferred<ReturnType<typeof mapOf>>();
    const { container } = await mount(
      <>
        shop <Tree value={arriving.promise} />
      </>,
    );
    expect(container.textContent).toBe('shop loading');
    await settle(() => arriving.resolve(mapOf({ color: 'red', size: 's' })));
    expect(container.textContent).toBe('shop red s');
    expectCleanConsole();
  });

  it('renders once, not for ever, where no boundary catches the wait', async () => {
    const arriving = deferred<ReturnType<typeof mapOf>>();
    const { container } = await mount(
      <FlagsProvider value={arriving.promise}>
        <Reader flag="color" />
      </FlagsProvider>,
    );
    await settle(() => arriving.resolve(mapOf({ color: 'red' })));
    expect(container.textContent).toBe('red');
    expect(rendered).toEqual(['color=red']);
  });

  it('gives the defaults, with reason ERROR, when it is rejected', async () => {
    const arriving = deferred<ReturnType<typeof mapOf>>();
    const { container } = await mount(
      <FlagsProvider value={arriving.promise}>
        <Suspense fallback="loading">
          <Reason />
        </Suspense>
      </FlagsProvider>,
    );
    await settle(() => arriving.reject(new Error('down')));
    expect(container.textContent).toBe('gray ERROR');
    expectCleanConsole();
  });

  it('keeps the old values, and no fallback, while a later promise is pending', async () => {
    const first = Promise.resolve(mapOf({ color: 'red', size: 's' }));
    const { container, rerender } = await mount(<Tree value={first} />);
    await settle();
    const texts = watchText(container);
    const later = deferred<ReturnType<typeof mapOf>>();
    await act(async () => startTransition(() => rerender(<Tree value={later.promise} />)));
    expect(container.textContent).toBe('red s');
    await settle(() => later.resolve(mapOf({ color: 'blue', size: 'm' })));
    expect(texts).toEqual(['red s', 'blue m']);
  });

  it('keeps the old values when a later promise is rejected', async () => {
    const { container, rerender } = await mount(
      <Tree value={mapOf({ color: 'red', size: 's' })} />,
    );
    rerender(<Tree value={Promise.reject(new Error('down'))} />);
    await settle();
    expect(container.textContent).toBe('red s');
    expectCleanConsole();
  });

  it('keeps the old values when a later render on the server could not answer', async () => {
    const { container, rerender } = await mount(
      <Tree value={mapOf({ color: 'red', size: 's' })} />,
    );
    const texts = watchText(container);
    rerender(<Tree value={Promise.resolve({ version: '', outcomes: [] })} />);
    await settle();
    expect(texts).toEqual(['red s']);
  });

  it('does not make the first reader suspend that mounts after it has resolved', async () => {
    const { container } = await mount(
      <FlagsProvider value={Promise.resolve(mapOf({ color: 'red' }))}>
        <Dialog />
      </FlagsProvider>,
    );
    await settle();
    const texts = watchText(container);
    await act(async () => open());
    expect(texts).toEqual(['', 'red']);
  });
});

describe('nested providers', () => {
  it('answer for the tree right below them', () => {
    const { container } = render(
      <FlagsProvider value={mapOf({ color: 'red' })}>
        <Reader flag="color" />
        <FlagsProvider value={mapOf({ color: 'blue' })}>
          <Reader flag="color" />
        </FlagsProvider>
      </FlagsProvider>,
    );
    expect(container.textContent).toBe('redblue');
  });
});
