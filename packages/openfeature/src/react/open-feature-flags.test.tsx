// @vitest-environment jsdom
import type { FlagsBootstrap } from '@halyard/core';
import { FlagsProvider } from '@halyard/react';
import { OpenFeature, useContextMutator, useFlag, useTrack } from '@openfeature/react-sdk';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bootstrapOf } from '../fixtures/bootstrap.ts';
import { deferred } from '../fixtures/deferred.ts';
import { OpenFeatureFlags, type OpenFeatureFlagsProps } from './index.ts';

let seen: string[] = [];

/** Writes every value it was ever rendered with into `seen`. */
function Color({ flag = 'color' }: { flag?: string }) {
  const { value } = useFlag(flag, 'default');
  seen.push(value);
  return <p>{value}</p>;
}

function Buttons() {
  const { track } = useTrack();
  const { setContext } = useContextMutator();
  return (
    <>
      <Color />
      <button type="button" onClick={() => track('purchase', { value: 3 })}>
        track
      </button>
      <button type="button" onClick={() => setContext({ targetingKey: 'ada' })}>
        sign in
      </button>
    </>
  );
}

type TreeProps = OpenFeatureFlagsProps & {
  readonly value: FlagsBootstrap | Promise<FlagsBootstrap>;
};

function Tree({ value, children = <Color />, ...bridge }: TreeProps) {
  return (
    <FlagsProvider value={value} exposures={false}>
      <OpenFeatureFlags {...bridge}>{children}</OpenFeatureFlags>
    </FlagsProvider>
  );
}

const red = bootstrapOf({ color: 'red', size: 1 });
const blue = bootstrapOf({ color: 'blue', size: 1 });

afterEach(async () => {
  cleanup();
  seen = [];
  await OpenFeature.clearContexts();
  await OpenFeature.clearProviders();
});

describe('values', () => {
  it('are there on the first render', () => {
    render(<Tree value={red} />);
    expect(new Set(seen)).toEqual(new Set(['red']));
  });

  it('of a promise are waited for, and no default is shown in between', async () => {
    const arrival = deferred<FlagsBootstrap>();
    await act(async () => {
      render(
        <Suspense fallback="waiting">
          <Tree value={arrival.promise} />
        </Suspense>,
      );
    });
    expect(document.body.textContent).toBe('waiting');
    await act(async () => arrival.resolve(red));
    expect(document.body.textContent).toBe('red');
    expect(new Set(seen)).toEqual(new Set(['red']));
  });

  it('are replaced by new server data before anything else is painted', () => {
    const { rerender } = render(<Tree value={red} />);
    rerender(<Tree value={blue} />);
    expect(screen.getByText('blue')).toBeDefined();
    expect(new Set(seen)).toEqual(new Set(['red', 'blue']));
  });

  it('of a flag that the server stops sending end in the default', () => {
    const { rerender } = render(<Tree value={red} />);
    rerender(<Tree value={bootstrapOf({ size: 1 })} />);
    expect(document.body.textContent).toBe('default');
  });
});

describe('without a FlagsProvider', () => {
  it('every flag has its default', () => {
    render(
      <OpenFeatureFlags>
        <Color />
      </OpenFeatureFlags>,
    );
    expect(document.body.textContent).toBe('default');
  });
});

describe('the domain', () => {
  it('serves everybody who asks OpenFeature for it, with live values', () => {
    const { rerender } = render(<Tree value={red} />);
    const client = OpenFeature.getClient('halyard');
    expect(client.getStringValue('color', 'default')).toBe('red');
    rerender(<Tree value={blue} />);
    expect(client.getStringValue('color', 'default')).toBe('blue');
  });

  it('can be another one, and leaves the default provider alone', () => {
    render(<Tree value={red} domain="shop" />);
    expect(OpenFeature.getClient('shop').getStringValue('color', 'default')).toBe('red');
    expect(OpenFeature.getClient('halyard').getStringValue('color', 'default')).toBe('default');
    expect(OpenFeature.getClient().getStringValue('color', 'default')).toBe('default');
  });

  it('keeps one provider while trees come and go, each with its own values at once', () => {
    const first = render(<Tree value={red} />);
    const provider = OpenFeature.getProvider('halyard');
    first.unmount();
    expect(OpenFeature.getClient('halyard').getStringValue('color', 'default')).toBe('red');
    seen = [];
    render(<Tree value={blue} />);
    expect(new Set(seen)).toEqual(new Set(['blue']));
    expect(OpenFeature.getProvider('halyard')).toBe(provider);
  });

  it('tells listeners which flags another tree has changed', () => {
    render(<Tree value={red} />).unmount();
    const changed = vi.fn();
    OpenFeature.getClient('halyard').addHandler(
      'PROVIDER_CONFIGURATION_CHANGED' as never,
      (details) => changed(details?.flagsChanged),
    );
    render(<Tree value={blue} />);
    expect(changed).toHaveBeenCalledExactlyOnceWith(['color']);
  });
});

describe('the hooks that write', () => {
  it('track what happens, with the context of the domain', async () => {
    const onTrack = vi.fn();
    render(
      <Tree value={red} onTrack={onTrack}>
        <Buttons />
      </Tree>,
    );
    await act(async () => fireEvent.click(screen.getByText('sign in')));
    fireEvent.click(screen.getByText('track'));
    expect(onTrack).toHaveBeenCalledExactlyOnceWith(
      'purchase',
      { targetingKey: 'ada' },
      { value: 3 },
    );
  });

  it('set the context, which asks for new values, shown without a default in between', async () => {
    const refresh = vi.fn(async () => blue);
    render(
      <Tree value={red} refresh={refresh}>
        <Buttons />
      </Tree>,
    );
    await act(async () => fireEvent.click(screen.getByText('sign in')));
    expect(refresh).toHaveBeenCalledExactlyOnceWith({ targetingKey: 'ada' });
    expect(screen.getByText('blue')).toBeDefined();
    expect(new Set(seen)).toEqual(new Set(['red', 'blue']));
  });

  it('call what was given last', async () => {
    const [before, after] = [vi.fn(), vi.fn()];
    const tree = (onTrack: () => void) => (
      <Tree value={red} onTrack={onTrack}>
        <Buttons />
      </Tree>
    );
    const { rerender } = render(tree(before));
    rerender(tree(after));
    fireEvent.click(screen.getByText('track'));
    expect(before).not.toHaveBeenCalled();
    expect(after).toHaveBeenCalledOnce();
  });
});
