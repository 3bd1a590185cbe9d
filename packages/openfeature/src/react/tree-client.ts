import type { FlagStore } from '@halyard/react';
import { type Client, OpenFeature } from '@openfeature/web-sdk';
import { HalyardWebProvider } from '../web/index.ts';
import { createIsolatedApi } from './isolated-api.ts';
import { boundProvider, PageProvider } from './page-provider.ts';
import { PageValues } from './page-values.ts';

/** The OpenFeature client that one React tree reads through. */
export interface TreeClient {
  readonly client: Client;
  /** The provider behind it that outlives the tree; undefined on the server, where nothing does. */
  readonly provider: PageProvider | undefined;
}

/**
 * A client over a tree's store. In the browser it belongs to the global web API, so that everything
 * that asks OpenFeature for the domain meets the same provider. On the server, where one process
 * renders for many visitors at once, it belongs to an API of this tree alone.
 */
export function createTreeClient(domain: string, store: FlagStore): TreeClient {
  if (typeof window === 'undefined') {
    const api = createIsolatedApi();
    api.setProvider(domain, new HalyardWebProvider(store));
    return { client: api.getClient(domain), provider: undefined };
  }
  const bound = boundProvider(domain);
  const provider = bound ?? new PageProvider(domain, new PageValues(store));
  if (bound === undefined) OpenFeature.setProvider(domain, provider);
  else bound.page.show(store);
  return { client: OpenFeature.getClient(domain), provider };
}
