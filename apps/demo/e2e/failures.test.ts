import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Demo, startDemo } from './harness/demo.ts';
import { fetchHtml, textsOf } from './harness/html.ts';
import { startExposureEndpoint } from './harness/sink.ts';

const folder = mkdtempSync(join(tmpdir(), 'halyard-failures-'));
let demo: Demo | undefined;

afterEach(async () => {
  await demo?.stop();
  demo = undefined;
});

const discount = async (url: string) =>
  textsOf(await fetchHtml(`${url}/products/storm-lantern`, {}), 'server-value')[0];

it('without a flag file every page renders with its defaults, and recovers when the file appears', async () => {
  const missing = join(folder, 'missing.json');
  demo = await startDemo({ FLAGS_FILE: missing });
  expect(await discount(demo.url)).toBe('0');
  writeFileSync(missing, fileWithDiscount(12));
  await untilDiscountIs('12');
  rmSync(missing);
  expect(await discount(demo.url)).toBe('12');
});

it('a broken flag file leaves the last good values in place', async () => {
  const file = join(folder, 'broken.json');
  writeFileSync(file, fileWithDiscount(3));
  demo = await startDemo({ FLAGS_FILE: file });
  expect(await discount(demo.url)).toBe('3');
  writeFileSync(file, '{ "flags": { "discount-perc');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await discount(demo.url)).toBe('3');
  expect(demo.output()).toContain('not valid JSON');
  writeFileSync(file, fileWithDiscount(4));
  await untilDiscountIs('4');
});

it('on SIGTERM pending exposures are delivered before the process ends', async () => {
  const endpoint = await startExposureEndpoint();
  demo = await startDemo({ EXPOSURE_SINK_URL: endpoint.url });
  endpoint.hold();
  await fetch(`${demo.url}/api/price?item=storm-lantern`, { headers: { cookie: 'shopper=77' } });
  const stopped = demo.stop();
  setTimeout(() => endpoint.release(), 500);
  await stopped;
  expect(endpoint.arrivals.map(({ targetingKey }) => targetingKey)).toContain('shopper-77');
  await endpoint.close();
});

function fileWithDiscount(percent: number): string {
  const flag = { state: 'ENABLED', variants: { some: percent }, defaultVariant: 'some' };
  return JSON.stringify({ flags: { 'discount-percent': flag } });
}

async function untilDiscountIs(wanted: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    if ((await discount(demo?.url ?? '')) === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await discount(demo?.url ?? '')).toBe(wanted);
}
