// @vitest-environment jsdom
import { act } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchText } from '../../fixtures/browser.tsx';
import { deferred, mapOf } from '../../fixtures/maps.ts';
import {
  closePage,
  mount,
  openPage,
  Page,
  page,
  Refresh,
  refresh,
  wait,
} from '../../fixtures/refresh-page.tsx';

beforeEach(openPage);
afterEach(closePage);

describe('failure', () => {
  it.each([
    ['an error status', 500],
    ['no network', 'offline'],
    ['another page', { json: 'login' }],
    ['a map without values', { json: { version: 'v3' } }],
  ] as const)('keeps the values and says why: %s', async (_what, answer) => {
    page.route.answer = answer;
    const onChange = vi.fn();
    const { container } = await mount(<Page onChange={onChange} />);
    await refresh();
    expect(container.textContent).toBe('red');
    expect(page.state.error).toBeInstanceOf(Error);
    expect(onChange).not.toHaveBeenCalled();
  });

  it.each(['a page of HTML', 'a map that breaks off'])(
    'says that it was no map of flags: %s',
    async (what) => {
      const body = what === 'a page of HTML' ? '<!doctype html><p>Log in' : '{"version":"v2","val';
      page.route.answer = { body };
      await mount(<Page />);
      await refresh();
      expect(page.state.error?.message).toContain(
        `GET ${page.endpoint} did not answer a map of flags`,
      );
    },
  );

  it('names the route and what to do', async () => {
    page.route.answer = 404;
    await mount(<Page />);
    await refresh();
    expect(page.state.error?.message).toBe(
      `[halyard] [react] GET ${page.endpoint} answered 404. Export flags.handlers from that route, or give FlagsProvider another endpoint.`,
    );
  });

  it('is got over by itself, however long it lasts, also with an interval', async () => {
    page.route.answer = 500;
    const { container } = await mount(<Page interval={1000} />);
    await wait(3_600_000);
    expect(page.route.requests.length).toBeGreaterThan(1);
    page.route.answer = mapOf({ color: 'blue' }, 'v2');
    await wait(3_600_000);
    expect(container.textContent).toBe('blue');
    expect(page.state.error).toBeUndefined();
  });
});

describe('answers that come at the wrong time', () => {
  it('do not undo values that the server sent while the request was under way', async () => {
    const { container, rerender } = await mount(<Page />);
    const texts = watchText(container);
    const release = page.route.hold();
    let done: Promise<void> | undefined;
    await act(async () => {
      done = page.state.refresh();
      await vi.advanceTimersByTimeAsync(50);
    });
    rerender(<Page value={mapOf({ color: 'green' }, 'v3')} />);
    await act(async () => {
      release();
      await done;
    });
    expect(texts).toEqual(['red', 'green']);
    await wait(10);
    page.route.answer = mapOf({ color: 'blue' }, 'v4');
    await refresh();
    expect(texts).toEqual(['red', 'green', 'blue']);
  });

  it('are not taken from the cache of an earlier page view', async () => {
    const first = await mount(<Page />);
    await refresh();
    first.unmount();
    await wait(10);
    const { container } = await mount(<Page value={mapOf({ color: 'green' }, 'v3')} />);
    await wait(10_000);
    expect(container.textContent).toBe('green');
  });

  it('count also when they equal the answer before, in the same millisecond', async () => {
    const { container, rerender } = await mount(<Page />);
    await refresh();
    rerender(<Page value={mapOf({ color: 'green' }, 'v3')} />);
    await refresh();
    expect(container.textContent).toBe('blue');
  });

  it('are not taken from a cache that the application keeps across visits', async () => {
    const visit = (cache: Map<string, object>) => (
      <SWRConfig value={{ provider: () => cache }}>
        <Page value={mapOf({ color: 'green' }, 'v3')} />
      </SWRConfig>
    );
    const cache = new Map<string, object>();
    await wait(5000);
    const first = await mount(visit(cache));
    await refresh();
    expect(first.container.textContent).toBe('blue');
    first.unmount();
    const kept = JSON.stringify([...cache]).replace(/"requestedAt":\d+/, '"requestedAt":1e12');
    expect(kept).toContain('1e12');
    const { container } = await mount(visit(new Map(JSON.parse(kept))));
    expect(container.textContent).toBe('green');
  });
});

describe('with a promise as value', () => {
  it('asks nothing while it is pending, and updates what it brought', async () => {
    const arriving = deferred<ReturnType<typeof mapOf>>();
    const { container } = await mount(<Page value={arriving.promise} />);
    await wait(1000);
    expect([page.route.requests.length, container.textContent]).toEqual([0, 'loading']);
    arriving.resolve(mapOf({ color: 'red' }));
    await wait(1000);
    const texts = watchText(container);
    await refresh();
    expect(texts).toEqual(['red', 'blue']);
  });

  it('asks at once when it was rejected', async () => {
    const arriving = deferred<ReturnType<typeof mapOf>>();
    const { container } = await mount(<Page value={arriving.promise} />);
    arriving.reject(new Error('down'));
    await wait(100);
    expect(page.route.requests.length).toBe(1);
    expect(container.textContent).toBe('blue');
  });
});

it('asks at once when the server had no flags to render with, until it has', async () => {
  page.route.answer = 503;
  const { container } = await mount(<Page value={{ version: '', outcomes: [] }} />);
  await wait(100);
  expect([page.route.requests.length, container.textContent]).toEqual([1, 'gray']);
  page.route.answer = mapOf({ color: 'blue' }, 'v2');
  await wait(60_000);
  expect(container.textContent).toBe('blue');
});

it('does nothing, and throws nothing, outside a provider', async () => {
  await mount(<Refresh interval={1000} />);
  await refresh();
  await wait(5000);
  expect(page.route.requests).toEqual([]);
  expect(page.state.version).toBe('');
});

it('does not suspend under an SWRConfig that makes everything else suspend', async () => {
  const { container } = await mount(
    <SWRConfig value={{ suspense: true, provider: () => new Map() }}>
      <Page />
    </SWRConfig>,
  );
  expect(container.textContent).toBe('red');
});
