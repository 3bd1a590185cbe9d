import type { FlagDefault, FlagKey, FlagsBootstrap, FlagType } from '@halyard/core';
import type { NextRequest, NextResponse } from 'next/server.js';
import type { VariantTransport } from './transport.ts';

/** The flags that a page is made for in advance, each with the value it has where there is none. */
export type PrecomputedDefaults<D> = {
  readonly [K in keyof D]: K extends FlagKey ? FlagDefault<K> : never;
};

/** The values of a page's flags, of the types that reading each with its default gives. */
export type PrecomputedValues<D> = { readonly [K in keyof D]: FlagType<K, D[K]> };

/** Options of {@link Flags.precompute}. */
export interface PrecomputeOptions {
  /** What codes are signed with: at least 32 characters that nobody can guess. */
  readonly secret: string;
  /**
   * What happens to a code that is not of these definitions: of an earlier deploy, or made up. It never
   * becomes a value. `re-evaluate`: the proxy puts the visitor's own code in its place, and a page that
   * gets one all the same shows the defaults, until the browser has the visitor's values. `not-found`:
   * there is no such page. Default: `re-evaluate`.
   */
  readonly onMismatch?: 're-evaluate' | 'not-found';
  /** Most combinations of values for which pages are made at build. Default: 64. */
  readonly maxCombinations?: number;
  /** How a code gets from the proxy to the page. Default: `pathSegment()`, which is `/v/[code]/…`. */
  readonly transport?: VariantTransport;
}

/** What a code says. Plain data, so that it may be returned from `'use cache'`. */
export interface PrecomputedFlags<D> {
  readonly values: PrecomputedValues<D>;
  /** Whether the code is not of these definitions, or there are none: these are the defaults then. */
  readonly isStale: boolean;
}

/** One page to make at build. */
export interface Combination<D> {
  readonly code: string;
  readonly values: PrecomputedValues<D>;
}

/** Pages that are made in advance, one for each combination of what some flags come out as. */
export interface PrecomputedPage<D> {
  /**
   * For `proxy.ts`: the code of this request's visitor. Counts no exposure. Where the visitor or the
   * definitions are not known it is that of the defaults. Throws nothing but Next's own signals.
   */
  code(): Promise<string>;
  /**
   * For `proxy.ts`: the path that a request asks for. A code that somebody wrote into the address is left
   * out, so that `/v/…/pricing` is routed like `/pricing`.
   */
  pathOf(request: NextRequest): string;
  /**
   * For `proxy.ts`: shows the visitor's page at the path asked for. `response` is what the proxy would
   * answer otherwise, such as that of `flags.proxy()`; its headers and cookies are kept. No cache but the
   * browser's may keep the answer, which has one address for all visitors.
   */
  rewrite(request: NextRequest, response?: NextResponse): Promise<NextResponse>;
  /**
   * For the page: the values that a code stands for. Reads nothing of the request, so the page stays
   * static. Counts no exposure: use `useFlag` and `<Expose>` in the page.
   */
  read(code: string): Promise<PrecomputedFlags<D>>;
  /**
   * For the page: what `FlagsProvider` takes, of those of these flags that `client` allows. Need not be
   * awaited.
   */
  hydrate(code: string): Promise<FlagsBootstrap>;
  /**
   * For the page: what `generateStaticParams` returns. Rejects like {@link PrecomputedPage.combinations}.
   */
  generateStaticParams(): Promise<Readonly<Record<string, string>>[]>;
  /**
   * Every combination and its code. Empty, with a warning, while there are no definitions: pages are made
   * when somebody first asks for them, then. Rejects with a HalyardError INVALID_OPTION when there are more
   * than `maxCombinations`, or when a flag's outcomes cannot be listed.
   */
  combinations(): Promise<readonly Combination<D>[]>;
}
