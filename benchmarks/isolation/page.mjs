import { setTimeout as pause } from 'node:timers/promises';
import { Fragment, createElement as h, Suspense, use } from 'react';
import { DELAYS, Shown } from './places.mjs';

/**
 * A layout, a page, client components, and boundaries that are late.
 *
 * @param flags.read Gives a promise of the badge, as server components read it.
 * @param flags.provide Puts the elements that it is given inside of what client components need.
 * @param flags.Badge The client component: shows the badge under its `place`.
 */
export function pageOf({ read, provide, Badge }) {
  const shell = h(
    Fragment,
    null,
    h(Awaited, { place: 'in-page', badge: read() }),
    h(Badge, { place: 'in-client' }),
    DELAYS.map((delay) =>
      h(
        Suspense,
        { key: delay, fallback: h('i', null, '…') },
        h(Late, { delay, reads: readsAround(delay, read) }, h(Badge, { place: `late-${delay}` })),
      ),
    ),
  );
  return h('body', null, h(Awaited, { place: 'in-layout', badge: read() }), provide(shell));
}

function Awaited({ place, badge }) {
  return h(Shown, { place, badge: use(badge) });
}

function Late({ delay, reads, children }) {
  const [before, after] = use(reads);
  return [
    h(Shown, { key: 'before', place: `before-${delay}`, badge: before }),
    h(Shown, { key: 'after', place: `after-${delay}`, badge: after }),
    h('p', { key: 'client' }, children),
  ];
}

async function readsAround(delay, read) {
  const before = await read();
  await pause(delay);
  return [before, await read()];
}
