import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Demo, startDemo } from './harness/demo.ts';
import { fetchHtml, textsOf } from './harness/html.ts';

const REQUESTS = 500;
const VISITORS = 50;
const AT_ONCE = 25;

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo?.stop());

it.each([
  ['useFlag', '/isolation', 8],
  ["OpenFeature's hooks", '/isolation/openfeature', 8],
])(
  '500 interleaved requests of 50 visitors see no foreign value through %s',
  async (_name, path, badges) => {
    const foreign: string[] = [];
    let seen = 0;
    let next = 0;
    const worker = async () => {
      while (next < REQUESTS) {
        const visitor = next++ % VISITORS;
        const html = await fetchHtml(`${demo.url}${path}`, { shopper: String(visitor) });
        const values = allBadges(html);
        seen += values.length;
        foreign.push(...values.filter((value) => value !== `v${visitor}`));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(foreign).toEqual([]);
    expect(seen).toBe(REQUESTS * badges);
  },
);

/** Server, client, and both late boundaries: their own reads before and after the wait, and their client's. */
function allBadges(html: string): string[] {
  return [
    'server-badge',
    'client-badge',
    'before-50',
    'after-50',
    'late-50-badge',
    'before-150',
    'after-150',
    'late-150-badge',
  ].flatMap((testId) => textsOf(html, testId));
}
