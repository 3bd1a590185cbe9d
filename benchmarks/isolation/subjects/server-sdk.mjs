import { createContext, createElement as h, use } from 'react';
import { definitionsOf } from '../definitions.mjs';
import { badgeOf, environment } from '../environment.mjs';
import { Shown } from '../places.mjs';

/** A vendor's SDK for servers: asked with the visitor's context on every read, its values given to the page. */
export async function create({ backend, adapter, hasOverrides }) {
  const { text, toContext } = await definitionsOf(backend, { hasOverrides });
  const { create } = await import(`../../adapters/${backend}/${adapter}.mjs`);
  const sdk = await create(text, environment);
  return (context) =>
    asProps(async () => {
      const handle = await sdk.handle(toContext(context));
      return badgeOf({ visitor: sdk.again(handle, 'visitor'), said: sdk.again(handle, 'said') });
    });
}

const Value = createContext('default');

/** What client components are given where the SDK has nothing for them: what the server has read. */
export function asProps(read) {
  return { read, provide: (children) => h(Given, { badge: read() }, children), Badge };
}

function Given({ badge, children }) {
  return h(Value, { value: use(badge) }, children);
}

function Badge({ place }) {
  return h(Shown, { place, badge: use(Value) });
}
