// @vitest-environment jsdom
import { act } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchText } from '../../fixtures/browser.tsx';
import { mapOf } from '../../fixtures/maps.ts';
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
import { FlagsRefresh } from './index.ts';

// SWR defers focus events with the timer it found when it was loaded.
const realTimeout = setTimeout;

beforeEach(openPage);
afterEach(closePage);

async function focus() {
  window.dispatchEvent(new Event('focus'));
  await act(() => new Promise((done) => realTimeout(done, 20)));
}

describe('a hydrated page', () => {
  it('asks nothing on mount', async () => {
    await mount(<Page />);
    await wait(60_000);
    expect(page.route.requests).toEqual([]);
    expect(page.state).toMatchObject({ isRefreshing: false, error: undefined, version: 'v1' });
  });

  it('asks on demand, letting the browser validate what it has, and shows the answer', async () => {
    const { container } = await mount(<Page />);
    const texts = watchText(container);
    await refresh();
    expect(page.route.requests).toEqual([{ url: page.endpoint, cache: 'no-cache' }]);
    expect(texts).toEqual(['red', 'blue']);
    expect(page.state.version).toBe('v2');
  });

  it('has the answer in the store when refresh() resolves', async () => {
    const versions: string[] = [];
    await mount(<Page onChange={(version) => versions.push(version)} />);
    await act(async () => {
      await page.state.refresh();
      expect(versions).toEqual(['v2']);
    });
  });

  it('says while it is asking', async () => {
    await mount(<Page />);
    const release = page.route.hold();
    let done: Promise<void> | undefined;
    await act(async () => {
      done = page.state.refresh();
    });
    expect(page.state.isRefreshing).toBe(true);
    await act(async () => {
      release();
      await done;
    });
    expect(page.state.isRefreshing).toBe(false);
  });

  it('asks at the interval given, however short, and no longer after unmount', async () => {
    const { unmount } = await mount(<Page interval={500} />);
    await wait(2100);
    expect(page.route.requests.length).toBe(4);
    unmount();
    await wait(5000);
    expect(page.route.requests.length).toBe(4);
  });

  it('asks when the page regains focus, unless told otherwise', async () => {
    const { rerender } = await mount(<Page />);
    await wait(6000);
    await focus();
    expect(page.route.requests.length).toBe(1);
    rerender(<Page focus={false} />);
    await wait(6000);
    await focus();
    expect(page.route.requests.length).toBe(1);
  });

  it('lets several components share their requests and each see the answer', async () => {
    const { container } = await mount(
      <StrictMode>
        <Page interval={1000} />
        <Page interval={1000} />
      </StrictMode>,
    );
    await wait(1500);
    expect(page.route.requests.length).toBe(1);
    expect(container.textContent).toBe('blueblue');
  });

  it('works as a component', async () => {
    const { container } = await mount(
      <Page>
        <FlagsRefresh interval={1000} />
      </Page>,
    );
    await wait(1500);
    expect(container.textContent).toBe('blue');
  });
});

describe('onChange', () => {
  it('is called with the version when the store has the new values', async () => {
    const seen: unknown[] = [];
    const onChange = (version: string) => seen.push(version, page.store?.get('color')?.value);
    await mount(<Page onChange={onChange} />);
    await refresh();
    expect(seen).toEqual(['v2', 'blue']);
  });

  it.each(['before', 'after'])(
    'is called by each component that has one, also when another one asked %s it',
    async (place) => {
      const onChange = vi.fn();
      await mount(
        <Page>
          {place === 'before' && <Refresh />}
          <FlagsRefresh onChange={onChange} />
          {place === 'after' && <Refresh />}
        </Page>,
      );
      await refresh();
      await wait(10);
      await refresh();
      expect(onChange.mock.calls).toEqual([['v2']]);
    },
  );

  it('is called once in StrictMode', async () => {
    const onChange = vi.fn();
    await mount(
      <StrictMode>
        <Page onChange={onChange} />
      </StrictMode>,
    );
    await refresh();
    expect(onChange.mock.calls).toEqual([['v2']]);
  });

  it('is called for new definitions that leave this visitor the same values', async () => {
    const onChange = vi.fn();
    page.route.answer = mapOf({ color: 'red' }, 'v2');
    await mount(<Page onChange={onChange} />);
    await refresh();
    expect(onChange.mock.calls).toEqual([['v2']]);
  });

  it('is not called for an answer that changes nothing', async () => {
    const onChange = vi.fn();
    for (const answer of [mapOf({ color: 'red' }), 304]) {
      page.route.answer = answer;
      await mount(<Page onChange={onChange} />);
      await refresh();
    }
    expect(onChange).not.toHaveBeenCalled();
    expect(page.state.error).toBeUndefined();
  });
});
