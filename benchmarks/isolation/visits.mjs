import { ownBadge, VISITORS } from './environment.mjs';
import { PLACES } from './places.mjs';

const ROUNDS = 10;
const AT_ONCE = 40;

/** Each makes one request for a visitor, and gives every badge of the answer. */
const VISITS = [
  async ({ ask }) => badgesOf(await (await ask('/page')).text()),
  async ({ ask, visitor }) => {
    const response = await ask('/said', { method: 'POST' });
    visitor.hasSaid = response.headers.get('set-cookie').startsWith('said=1');
    return response.json();
  },
  ({ ask, submitForm }) => submitForm(ask),
  async ({ ask }) => (await ask('/handler')).json(),
  async ({ ask }) => (await ask('/flags')).json(),
];

/**
 * Makes the requests of all visitors, many at once; nobody has more than one at a time, and neighbours do
 * something different. Each page says something of its visitor once, and takes it back later.
 *
 * @param submitForm Posts the page's form, as the application at hand takes it, with an `ask` that is `fetch` for
 *   one visitor; gives every badge of the answer.
 * @returns how many requests there were, how many badges they showed, and of these how many were another
 *   visitor's (`foreign`), the visitor's own but of an earlier request (`outdated`), or neither (`missing`).
 */
export async function visitAll(url, submitForm) {
  const visitors = Array.from({ length: VISITORS }, (_, number) => ({ number, hasSaid: false }));
  const counts = { requests: 0, badges: 0, foreign: 0, outdated: 0, missing: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    await inParallel(visitors, async (visitor) => {
      const visit = VISITS[(visitor.number + round) % VISITS.length];
      const badges = await visit({ ask: asker(url, visitor), visitor, submitForm });
      counts.requests++;
      counts.badges += badges.length;
      for (const badge of badges) {
        if (badge !== ownBadge(visitor)) counts[faultOf(badge, visitor)]++;
      }
    });
  }
  return counts;
}

/** `fetch` of a path, with the cookies of a visitor. Rejects unless the answer is OK. */
export function asker(url, { number, hasSaid }) {
  const cookie = `visitor=${number}; said=${Number(hasSaid)}`;
  return async (path, { headers, ...init } = {}) => {
    const response = await fetch(`${url}${path}`, { ...init, headers: { ...headers, cookie } });
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
export function badgesOf(html) {
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
