import { ownBadge, VISITORS } from './environment.mjs';
import { PLACES } from './page.mjs';

const ROUNDS = 10;
const AT_ONCE = 40;

/** Each makes one request for a visitor, and gives every badge of the answer. */
const VISITS = [
  async (ask) => badgesOf(await (await ask('/page')).text()),
  async (ask, visitor) => {
    const response = await ask('/said', 'POST');
    visitor.hasSaid = response.headers.get('set-cookie') === 'said=1';
    return response.json();
  },
  async (ask) => {
    const response = await ask('/page', 'POST');
    return [response.headers.get('x-action'), ...badgesOf(await response.text())];
  },
  async (ask) => (await ask('/handler')).json(),
  async (ask) => (await ask('/flags')).json(),
];

/**
 * Makes the requests of all visitors, many at once; nobody has more than one at a time, and neighbours do
 * something different. Each page says something of its visitor once, and takes it back later.
 *
 * @returns how many requests there were, how many badges they showed, and of these how many were another
 *   visitor's (`foreign`), the visitor's own but of an earlier request (`outdated`), or neither (`missing`).
 */
export async function visitAll(url) {
  const visitors = Array.from({ length: VISITORS }, (_, number) => ({ number, hasSaid: false }));
  const counts = { requests: 0, badges: 0, foreign: 0, outdated: 0, missing: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    await inParallel(visitors, async (visitor) => {
      const visit = VISITS[(visitor.number + round) % VISITS.length];
      const badges = await visit(asker(url, visitor), visitor);
      counts.requests++;
      counts.badges += badges.length;
      for (const badge of badges) {
        if (badge !== ownBadge(visitor)) counts[faultOf(badge, visitor)]++;
      }
    });
  }
  return counts;
}

function asker(url, { number, hasSaid }) {
  const headers = { cookie: `visitor=${number}; said=${Number(hasSaid)}` };
  return async (path, method = 'GET') => {
    const response = await fetch(`${url}${path}`, { method, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
}

function faultOf(badge, { number, hasSaid }) {
  const named = [...badge.matchAll(/[vs](\d+)/g)].map(([, found]) => Number(found));
  if (named.some((found) => found !== number)) return 'foreign';
  return badge === ownBadge({ number, hasSaid: !hasSaid }) ? 'outdated' : 'missing';
}

/** Every badge of a page. What streams late stands at its end, and each place is there once. */
function badgesOf(html) {
  const shown = [...html.matchAll(/data-place="([^"]*)"[^>]*>([^<]*)</g)];
  const places = shown.map(([, place]) => place).sort();
  if (places.join() !== [...PLACES].sort().join()) throw new Error(`The page shows ${places}`);
  return shown.map(([, , badge]) => badge);
}

async function inParallel(items, work) {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await work(items[next++]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
