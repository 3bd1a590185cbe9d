import { OpenFeature } from '@openfeature/web-sdk';
import { HalyardWebProvider, type HalyardWebProviderOptions } from '../web/index.ts';
import type { PageValues } from './page-values.ts';

/** What a bridge passes on to the provider behind it. */
export type PageCallbacks = Pick<HalyardWebProviderOptions, 'refresh' | 'onTrack'>;

/** The provider of a domain in the browser: one for as long as the page lives. */
export class PageProvider extends HalyardWebProvider {
  readonly domain: string;
  readonly page: PageValues;
  private readonly callbacks: { latest: PageCallbacks };

  constructor(domain: string, page: PageValues) {
    const callbacks: { latest: PageCallbacks } = { latest: {} };
    super(page, {
      expose: (flagKey) => page.expose(flagKey),
      refresh: (context) => callbacks.latest.refresh?.(context),
      onTrack: (...event) => callbacks.latest.onTrack?.(...event),
    });
    this.domain = domain;
    this.page = page;
    this.callbacks = callbacks;
  }

  /** Calls these from now on: those of the bridge that rendered last. */
  use(callbacks: PageCallbacks): void {
    this.callbacks.latest = callbacks;
  }
}

/**
 * The provider that a domain of the global web API already has from an earlier tree; undefined when it
 * has none. The API itself is the registry.
 */
export function boundProvider(domain: string): PageProvider | undefined {
  const bound = OpenFeature.getProvider(domain);
  // An unbound domain answers with the default provider, which may be one of these as well.
  return bound instanceof PageProvider && bound.domain === domain ? bound : undefined;
}
