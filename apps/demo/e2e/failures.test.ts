import { afterEach, expect, it } from 'vitest';
import { type Demo, type DemoOptions, startDemo } from './harness/demo.ts';
import { fetchHtml, textsOf } from './harness/html.ts';
import { startExposureEndpoint } from './harness/sink.ts';

let started: Demo | undefined;

afterEach(async () => {
  await started?.stop();
  started = undefined;
});

it('without definitions every page renders with its defaults, and recovers when they appear', async () => {
  const { url, backend } = await start({ prepare: (backend) => backend.remove() });
  expect(await discount(url)).toBe('0');
  await backend.setDiscount(12);
  await untilDiscountIs(url, '12');
  await backend.remove();
  expect(await discount(url)).toBe('12');
});

it('broken definitions leave the last good values in place', async () => {
  const { url, backend, output } = await start({ prepare: (backend) => backend.setDiscount(3) });
  expect(await discount(url)).toBe('3');
  await backend.corrupt();
  await until(async () => output().includes('not valid JSON'));
  expect(await discount(url)).toBe('3');
  await backend.setDiscount(4);
  await untilDiscountIs(url, '4');
});

it('on SIGTERM pending exposures are delivered before the process ends', async () => {
  const endpoint = await startExposureEndpoint();
  const demo = await start({ environment: { EXPOSURE_SINK_URL: endpoint.url } });
  endpoint.hold();
  await fetch(`${demo.url}/api/price?item=storm-lantern`, { headers: { cookie: 'shopper=77' } });
  const stopped = demo.stop();
  setTimeout(() => endpoint.release(), 500);
  await stopped;
  expect(endpoint.arrivals.map(({ targetingKey }) => targetingKey)).toContain('shopper-77');
  await endpoint.close();
});

/** A demo that looks for definitions every second, and is stopped after the test. */
async function start({ environment, prepare }: DemoOptions): Promise<Demo> {
  started = await startDemo({
    environment: { FLAGS_REFRESH_INTERVAL: '1000', ...environment },
    prepare,
  });
  return started;
}

async function discount(url: string): Promise<string | undefined> {
  return textsOf(await fetchHtml(`${url}/products/storm-lantern`, {}), 'server-value')[0];
}

async function untilDiscountIs(url: string, wanted: string): Promise<void> {
  await until(async () => (await discount(url)) === wanted);
}

/** Resolves when it holds. Rejects after some ten seconds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`never held: ${holds}`);
}
