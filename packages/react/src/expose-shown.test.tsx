// @vitest-environment jsdom
import type { FlagsBootstrap } from '@halyard/core/bootstrap';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakeNetwork, fakeNetwork, reportedKeys } from '../fixtures/browser.tsx';
import { deferred, detailedMap } from '../fixtures/maps.ts';
import { ExposeShown, FlagsProvider } from './index.ts';

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

/** A page that shows what variant `a` looks like, to somebody who has this variant. */
const pageOf = (visitor: string, variant: string) => (
  <FlagsProvider
    value={{ ...detailedMap({ color: { value: 'red', variant }, theme: { value: [1] } }), visitor }}
  >
    <ExposeShown flagKey="color" value="red" variant="a" />
    <ExposeShown flagKey="theme" value={[1]} />
  </FlagsProvider>
);

it('what is shown to the next visitor as well, to whom it comes out alike, counts for them', async () => {
  const { rerender } = render(pageOf('ada', 'a'));
  await gather();
  rerender(pageOf('ada', 'a'));
  await gather();
  expect(reportedKeys(network)).toEqual([['color', 'theme']]);
  rerender(pageOf('bob', 'a'));
  await gather();
  expect(reportedKeys(network).slice(1)).toEqual([['color', 'theme']]);
});

it('what is still shown to a visitor to whom it comes out otherwise does not count for them', async () => {
  const { rerender } = render(pageOf('ada', 'a'));
  await gather();
  rerender(pageOf('bob', 'b'));
  await gather();
  expect(reportedKeys(network).slice(1)).toEqual([['theme']]);
});

it('what was shown before the visitor was known counts once', async () => {
  const arriving = deferred<FlagsBootstrap>();
  render(
    <FlagsProvider value={arriving.promise}>
      <ExposeShown flagKey="color" value="red" variant="a" />
    </FlagsProvider>,
  );
  await gather();
  arriving.resolve({ ...detailedMap({ color: { value: 'red', variant: 'a' } }), visitor: 'ada' });
  await gather();
  expect(reportedKeys(network)).toEqual([['color']]);
});
