// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeNetwork, fakeNetwork, reportedKeys } from '../fixtures/browser.tsx';
import { deferred, detailedMap, mapOf } from '../fixtures/maps.ts';
import { createExposureReporter } from './exposure-reporter.ts';
import { createFlagStore } from './store.ts';

let network: FakeNetwork;
let end: () => void = () => {};
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  network = fakeNetwork();
});
afterEach(() => {
  end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A reporter over flags named `f0` … `f<count - 1>`. */
function reporterOver(count: number, endpoint = '/api/flags') {
  const keys = Array.from({ length: count }, (_, i) => `f${i}`);
  const store = createFlagStore(mapOf(Object.fromEntries(keys.map((key) => [key, true]))));
  const reporter = createExposureReporter(store);
  end = reporter.listen(endpoint);
  return { keys, store, reporter };
}

const gather = () => vi.advanceTimersByTimeAsync(1000);
const showOrHide = (hidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  return vi.advanceTimersByTimeAsync(0);
};
const hide = () => showOrHide(true);

describe('sending', () => {
  it('gathers what is exposed over a short while into one request', async () => {
    const { reporter } = reporterOver(3);
    reporter.expose('f0');
    await vi.advanceTimersByTimeAsync(50);
    reporter.expose('f1');
    expect(network.reports).toEqual([]);
    await gather();
    reporter.expose('f2');
    await gather();
    expect(reportedKeys(network)).toEqual([['f0', 'f1'], ['f2']]);
  });

  it('outlives the page, and tells whether it arrived', async () => {
    const { reporter } = reporterOver(1);
    reporter.expose('f0');
    await gather();
    expect(network.reports).toEqual([
      {
        via: 'fetch',
        url: '/api/flags',
        type: 'application/json',
        keepalive: true,
        keys: ['f0'],
        body: { keys: ['f0'] },
      },
    ]);
  });

  it.each<[string, () => unknown]>([
    ['left', () => window.dispatchEvent(new Event('pagehide'))],
    ['hidden', hide],
  ])('is a beacon, without a wait, when the page is %s', (_how, leave) => {
    const { reporter } = reporterOver(1);
    reporter.expose('f0');
    leave();
    expect(network.reports).toMatchObject([
      { via: 'beacon', url: '/api/flags', type: 'application/json', body: { keys: ['f0'] } },
    ]);
  });

  it('goes to the endpoint it was given, and to a new one after a change', async () => {
    const { reporter } = reporterOver(2, '/flags');
    reporter.expose('f0');
    end();
    end = reporter.listen('/other');
    reporter.expose('f1');
    await gather();
    expect(network.reports.map(({ url }) => url)).toEqual(['/flags', '/other']);
  });

  it('sends what is pending when the provider goes away, and listens no more', async () => {
    const { reporter } = reporterOver(1);
    reporter.expose('f0');
    end();
    expect(reportedKeys(network)).toEqual([['f0']]);
    await hide();
    await gather();
    expect(network.reports).toHaveLength(1);
  });

  it.each([
    ['there is no sendBeacon', undefined],
    ['the browser refuses the beacon', false],
  ])('is a request also from a page being left when %s', async (_case, beacon) => {
    network.beacon = beacon;
    const { reporter } = reporterOver(1);
    reporter.expose('f0');
    await hide();
    expect(network.reports).toMatchObject([{ via: 'fetch', keepalive: true, keys: ['f0'] }]);
  });
});

describe('failure', () => {
  it.each(['offline', 500] as const)(
    'keeps the report for the next one, and throws nothing: %s',
    async (failure) => {
      network.fetch = failure;
      const { reporter } = reporterOver(2);
      reporter.expose('f0');
      await gather();
      network.reports.length = 0;
      network.fetch = 204;
      reporter.expose('f1');
      await gather();
      expect(reportedKeys(network)).toEqual([['f0', 'f1']]);
    },
  );

  it.each([
    ['shown', false, 'fetch'],
    ['hidden', true, 'beacon'],
  ])('tries again when the page is %s', async (_how, hidden, via) => {
    network.fetch = 'offline';
    const { reporter } = reporterOver(1);
    reporter.expose('f0');
    await gather();
    network.fetch = 204;
    await showOrHide(hidden);
    await showOrHide(hidden);
    expect(network.reports).toMatchObject([{ via, keys: ['f0'] }]);
  });

  it('has no report kept for the next visitor, whose it would be', async () => {
    network.fetch = 'offline';
    const store = createFlagStore({ ...mapOf({ f0: true, f1: true }), visitor: 'an' });
    const reporter = createExposureReporter(store);
    end = reporter.listen('/api/flags');
    reporter.expose('f0');
    await gather();
    store.update({ ...mapOf({ f0: true, f1: true }), visitor: 'ann' });
    network.fetch = 204;
    reporter.expose('f1');
    await gather();
    await hide();
    expect(reportedKeys(network)).toEqual([['f1']]);
  });

  it('keeps what was shown before it was known to whom', async () => {
    const arriving = deferred<ReturnType<typeof mapOf>>();
    const store = createFlagStore(arriving.promise);
    const reporter = createExposureReporter(store);
    end = reporter.listen('/api/flags');
    reporter.expose('f0', { value: true, variant: 'on' });
    arriving.resolve({ ...mapOf({ f0: true }), visitor: 'ann' });
    await gather();
    expect(store.live?.visitor).toBe('ann');
    expect(reportedKeys(network)).toEqual([['f0']]);
  });

  it('is silent when the page is gone before it could report, as at the end of a test', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { reporter } = reporterOver(1);
    reporter.expose('f0');
    vi.stubGlobal('document', undefined);
    await gather();
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('survives a browser in which reporting throws', async () => {
    vi.stubGlobal('navigator', {
      sendBeacon: () => {
        throw new TypeError('Illegal invocation');
      },
    });
    const { reporter } = reporterOver(1);
    reporter.expose('f0');
    await hide();
    network = fakeNetwork();
    await hide();
    expect(reportedKeys(network)).toEqual([['f0']]);
  });
});

describe('a page that is made ready before anybody asks for it', () => {
  const prerendering = (on: boolean) => Object.assign(document, { prerendering: on });
  afterEach(() => void Reflect.deleteProperty(document, 'prerendering'));

  it('reports nothing until it is shown, and what it showed then', async () => {
    prerendering(true);
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const { reporter } = reporterOver(2);
    reporter.expose('f0');
    await gather();
    reporter.expose('f1');
    await gather();
    expect(network.reports).toEqual([]);
    // In the order in which Chromium does it: it says that it is no longer prerendering after that.
    await showOrHide(false);
    expect(network.reports).toMatchObject([{ via: 'fetch', keys: ['f0', 'f1'] }]);
  });

  it('reports nothing when it is thrown away', async () => {
    prerendering(true);
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const { reporter } = reporterOver(1);
    reporter.expose('f0');
    await gather();
    await hide();
    end();
    await gather();
    expect(network.reports).toEqual([]);
  });
});

describe('bounds', () => {
  it('puts at most 200 keys into a report, and reports the others when they are shown again', async () => {
    const { reporter, keys } = reporterOver(300);
    for (const key of keys) reporter.expose(key);
    await gather();
    expect(network.reports[0]?.keys).toHaveLength(200);
    for (const key of keys) reporter.expose(key);
    await gather();
    expect(network.reports[1]?.keys).toEqual(keys.slice(200));
  });

  it('keeps at most 200 while nothing can be sent', async () => {
    network.fetch = 'offline';
    const { reporter, keys } = reporterOver(2000);
    for (const key of keys) {
      reporter.expose(key);
      await vi.advanceTimersByTimeAsync(150);
    }
    await hide();
    expect(network.reports.map(({ keys }) => keys.length)).toEqual([200]);
  });

  it('names a key once in a report, however many of its variants were shown', async () => {
    const { reporter, store } = reporterOver(1);
    for (let i = 0; i < 10; i++) {
      store.update(detailedMap({ f0: { value: true, variant: `v${i}` } }));
      reporter.expose('f0');
    }
    await gather();
    expect(reportedKeys(network)).toEqual([['f0']]);
  });

  it('forgets old exposures rather than growing for ever', async () => {
    const { reporter, store } = reporterOver(1);
    const show = async (variant: number) => {
      store.update(detailedMap({ f0: { value: true, variant: `v${variant}` } }));
      reporter.expose('f0');
      await gather();
    };
    for (let i = 0; i < 1100; i++) await show(i);
    expect(network.reports).toHaveLength(1100);
    await show(1099);
    expect(network.reports).toHaveLength(1100);
    await show(0);
    expect(network.reports).toHaveLength(1101);
  });
});
