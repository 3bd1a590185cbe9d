// @vitest-environment jsdom
import { act } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchText } from '../../fixtures/browser.tsx';
import { mapOf } from '../../fixtures/maps.ts';
import { closePage, mount, openPage, Page, page, Refresh } from '../../fixtures/refresh-page.tsx';
import { type PageContext, useSetContext } from './index.ts';

let setContext: (attributes: PageContext) => Promise<void>;

function Setting() {
  setContext = useSetContext();
  return null;
}

beforeEach(openPage);
afterEach(closePage);

const set = (attributes: PageContext) => act(() => setContext(attributes));

/** A page that sets a context, and refreshes nothing. */
const plain = (
  <Page>
    <Setting />
  </Page>
);

describe('setting a context', () => {
  it('sends the attributes and shows the answer, with nothing in between', async () => {
    const { container } = await mount(plain);
    const texts = watchText(container);
    await set({ cartSize: 3, gone: undefined });
    expect(page.route.reports).toEqual([{ context: { cartSize: 3 } }]);
    expect(texts).toEqual(['red', 'blue']);
  });

  it('keeps the values until the answer is there', async () => {
    const { container } = await mount(plain);
    const release = page.route.hold();
    let done: Promise<void> | undefined;
    await act(async () => {
      done = setContext({ cartSize: 3 });
    });
    expect(container.textContent).toBe('red');
    await act(async () => {
      release();
      await done;
    });
    expect(container.textContent).toBe('blue');
  });

  it('is the same function on every render', async () => {
    const { rerender } = await mount(<StrictMode>{plain}</StrictMode>);
    const before = setContext;
    rerender(
      <StrictMode>
        <Page>
          <Setting />
        </Page>
      </StrictMode>,
    );
    expect(setContext).toBe(before);
  });

  it('tells those who listen for changes, so that the server’s part of the page follows', async () => {
    const onChange = vi.fn();
    await mount(
      <Page>
        <Setting />
        <Refresh onChange={onChange} />
      </Page>,
    );
    await set({ cartSize: 3 });
    expect(onChange.mock.calls).toEqual([['v2']]);
    await set({ cartSize: 4 });
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(page.route.requests).toEqual([]);
  });
});

describe('when it fails', () => {
  it.each([
    ['the server refuses', { json: { error: '"plan" is no attribute' }, status: 400 }],
    ['the server is down', 500],
    ['the answer is another page', { body: '<!doctype html>' }],
    ['there is no network', 'offline'],
  ] as const)('the values stay, and whoever set it is told: %s', async (_why, answer) => {
    const { container } = await mount(plain);
    page.route.answer = answer;
    await expect(set({ plan: 'pro' })).rejects.toThrow();
    expect(container.textContent).toBe('red');
    page.route.answer = mapOf({ color: 'blue' }, 'v2');
    await set({ cartSize: 3 });
    expect(container.textContent).toBe('blue');
  });

  it('says what the server said', async () => {
    await mount(plain);
    page.route.answer = {
      json: { error: '"plan" is no attribute that a page may set' },
      status: 400,
    };
    await expect(set({ plan: 'pro' })).rejects.toThrow(
      `[halyard] [react] POST ${page.endpoint} answered 400: "plan" is no attribute that a page may set.`,
    );
  });

  it('says where it belongs', async () => {
    await mount(<Setting />);
    await expect(set({ cartSize: 3 })).rejects.toThrow('outside of a FlagsProvider');
  });
});

describe('several at once', () => {
  it('are sent one after the other, so that the server ends where the page does', async () => {
    const { container } = await mount(plain);
    const texts = watchText(container);
    page.route.answer = ({ context }) => mapOf({ color: `of ${context.n}` }, `v${context.n}`);
    const release = page.route.hold();
    await act(async () => {
      const all = [1, 2, 3, 4].map((n) => setContext({ n }));
      await Promise.resolve();
      expect(page.route.reports).toEqual([]);
      release();
      await Promise.all(all);
    });
    // All were asked for before the first had its turn.
    expect(page.route.reports).toEqual([{ context: { n: 4 } }]);
    expect(texts).toEqual(['red', 'of 4']);
  });

  it('leave out those that nobody waits for any more', async () => {
    const { container } = await mount(plain);
    page.route.answer = ({ context }) => mapOf({ color: `of ${context.n}` }, `v${context.n}`);
    const release = page.route.hold();
    const ends: number[] = [];
    const begin = (n: number) => setContext({ n }).then(() => ends.push(n));
    await act(async () => {
      const first = begin(1);
      await vi.advanceTimersByTimeAsync(1);
      const rest = [2, 3, 4].map(begin);
      release();
      await Promise.all([first, ...rest]);
    });
    expect(page.route.reports).toEqual([{ context: { n: 1 } }, { context: { n: 4 } }]);
    expect(ends[0]).toBe(1);
    expect(ends.toSorted()).toEqual([1, 2, 3, 4]);
    expect(container.textContent).toBe('of 4');
  });

  it('go on when one of them failed', async () => {
    const { container } = await mount(plain);
    page.route.answer = 'offline';
    const release = page.route.hold();
    const outcomes: PromiseSettledResult<void>[] = [];
    await act(async () => {
      const first = setContext({ n: 1 });
      await vi.advanceTimersByTimeAsync(1);
      page.route.answer = mapOf({ color: 'blue' }, 'v2');
      const second = setContext({ n: 2 });
      release();
      outcomes.push(...(await Promise.allSettled([first, second])));
    });
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(container.textContent).toBe('blue');
  });
});

describe('beside a refresh', () => {
  it('an answer from before the context was set changes nothing', async () => {
    const { container } = await mount(
      <Page>
        <Setting />
        <Refresh />
      </Page>,
    );
    const texts = watchText(container);
    page.route.answer = mapOf({ color: 'of before' }, 'v2');
    const release = page.route.hold();
    let refreshed: Promise<void> | undefined;
    await act(async () => {
      refreshed = page.state.refresh();
      await vi.advanceTimersByTimeAsync(1);
    });
    page.route.letPass();
    page.route.answer = mapOf({ color: 'blue' }, 'v3');
    await set({ cartSize: 3 });
    await act(async () => {
      release();
      await refreshed;
      await vi.advanceTimersByTimeAsync(10);
    });
    expect(texts).toEqual(['red', 'blue']);
  });

  it('a later refresh shows what the server has then', async () => {
    const { container } = await mount(
      <Page>
        <Setting />
        <Refresh />
      </Page>,
    );
    await set({ cartSize: 3 });
    page.route.answer = mapOf({ color: 'green' }, 'v3');
    await act(() => page.state.refresh());
    expect(container.textContent).toBe('green');
    expect(page.state.error).toBeUndefined();
  });
});
