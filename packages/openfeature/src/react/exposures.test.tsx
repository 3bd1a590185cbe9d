// @vitest-environment jsdom
import { FlagsProvider } from '@halyard/react';
import { OpenFeature, useBooleanFlagValue, useFlag } from '@openfeature/react-sdk';
import { act, cleanup, render } from '@testing-library/react';
import { type ReactNode, StrictMode, use } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bootstrapOf } from '../fixtures/bootstrap.ts';
import { OpenFeatureFlags } from './index.ts';

const red = bootstrapOf({ color: 'red', size: 1, banner: true });

const bodies: string[] = [];

/** Every key that was reported, in order, over all requests. */
function reported(): string[] {
  vi.runAllTimers();
  return bodies.flatMap((text) => (JSON.parse(text) as { keys: string[] }).keys);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'Blob',
    class {
      readonly text: string;
      constructor([text = '']: string[]) {
        this.text = text;
      }
    },
  );
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: { text: string } }) => {
    bodies.push(body.text);
    return new Response(null, { status: 204 });
  });
});

afterEach(async () => {
  cleanup();
  bodies.length = 0;
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await OpenFeature.clearProviders();
});

function Reader() {
  useBooleanFlagValue('banner', false);
  return <p>{useFlag('color', 'none').value}</p>;
}

/** Asks for the wrong type, and for a flag that is not there. */
function Wrong() {
  useFlag('color', 5);
  useFlag('missing', 'none');
  return null;
}

const NEVER = new Promise<never>(() => {});

/** Reads a flag and is never mounted. */
function Stuck(): ReactNode {
  useFlag('color', 'none');
  return use(NEVER);
}

function Tree({ children = <Reader /> }: { children?: ReactNode }) {
  return (
    <FlagsProvider value={red}>
      <OpenFeatureFlags>{children}</OpenFeatureFlags>
    </FlagsProvider>
  );
}

it('a mounted flag counts once, however often the SDK evaluates it', () => {
  const { rerender } = render(
    <StrictMode>
      <Tree />
    </StrictMode>,
  );
  rerender(
    <StrictMode>
      <Tree />
    </StrictMode>,
  );
  expect(reported().sort()).toEqual(['banner', 'color']);
});

it('a flag read through OpenFeature outside React counts as well', () => {
  render(<Tree>nothing</Tree>);
  OpenFeature.getClient('halyard').getNumberValue('size', 0);
  OpenFeature.getClient('halyard').getNumberValue('size', 0);
  expect(reported()).toEqual(['size']);
});

it('a flag whose default was used does not count', () => {
  render(
    <Tree>
      <Wrong />
    </Tree>,
  );
  expect(reported()).toEqual([]);
});

it('a first render that is not mounted does not count', async () => {
  await act(async () => {
    render(
      <Tree>
        <Stuck />
      </Tree>,
    );
  });
  expect(reported()).toEqual([]);
});

it('nothing counts once the tree is gone', () => {
  render(<Tree>nothing</Tree>).unmount();
  OpenFeature.getClient('halyard').getStringValue('color', 'none');
  expect(reported()).toEqual([]);
});
