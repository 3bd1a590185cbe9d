import type {
  EvaluationContext,
  EvaluationDetails,
  FlagDefault,
  FlagDefinitionCacheProvider,
  FlagKey,
  FlagSource,
  FlagsBootstrap,
  FlagType,
  Resolution,
} from '@halyard/core';
import type {
  ClientExplanation,
  ExposureOptions,
  FlagClient,
  Logger,
  ReadOptions,
  RefreshOptions,
  TransportOptions,
} from '@halyard/server';
import type { NextRequest, NextResponse } from 'next/server.js';
import type { OverrideHandlers, OverrideOptions } from './overrides/options.ts';
import type { PrecomputedDefaults, PrecomputedPage, PrecomputeOptions } from './precompute/page.ts';
import type {
  ClientContextOptions,
  IdentifyRequest,
  SignInOptions,
  SignOutOptions,
  VisitorOptions,
} from './visitor/options.ts';

export type * from './overrides/options.ts';
export type * from './visitor/options.ts';

/** Options of {@link createFlags}. */
export interface CreateFlagsOptions {
  /** The backend, such as `flagdFile('./flags.json')`. */
  readonly source: FlagSource;
  /**
   * Who the visitor is. Called once per request, and again within it after the cookies changed or a
   * server action ran. When it throws or takes too long, flags resolve to their defaults with the
   * error code INVALID_CONTEXT. Default: the visitor id as targeting key.
   */
  readonly identify?: (request: IdentifyRequest) => EvaluationContext | Promise<EvaluationContext>;
  /** Milliseconds identify may take. Default: 1000. */
  readonly identifyTimeout?: number;
  /** What may reach the browser, and what may come from it. Default: nothing. */
  readonly client?: ClientOptions;
  /** Where exposures go, how often they count, and who agrees to it. Default: nowhere. */
  readonly exposures?: FlagExposureOptions;
  /** How definitions are kept fresh. Default: every 30 s; files are watched as well. */
  readonly refresh?: RefreshOptions;
  /**
   * Where the workers of a fleet share definitions, such as `redisDefinitionCache({ url })`, so that one
   * fetches for all. Only for definitions that come over HTTP. Default: each process fetches for itself.
   */
  readonly cache?: FlagDefinitionCacheProvider;
  /** How definitions are requested over HTTP: timeout, size, tries. */
  readonly transport?: TransportOptions;
  /** Receives warnings. Default: `console`. */
  readonly logger?: Logger;
  /** Milliseconds the first reads of a process wait for definitions, once. Default: 1000. */
  readonly readyTimeout?: number;
  /** The anonymous visitor's cookie, as `proxy()` sets it. */
  readonly visitor?: VisitorOptions;
  /**
   * Lets somebody choose what flags come out as, for themselves alone and for a while, by a signed cookie.
   * Such reads have the reason OVERRIDE and are no exposures. Default: nobody.
   */
  readonly overrides?: OverrideOptions;
}

/** The `exposures` of {@link CreateFlagsOptions}. Default executor: `afterResponse()`. */
export interface FlagExposureOptions extends ExposureOptions {
  /**
   * Whether this visitor agrees to being counted, such as by a cookie of theirs. Asked once per request,
   * after the response, when there is something to count; also of what the browser reports. Without
   * consent nothing is recorded, which the counter `withheld` says; the same when it throws, or takes
   * longer than `identifyTimeout`. Default: everybody agrees.
   */
  readonly consent?: (request: IdentifyRequest) => boolean | Promise<boolean>;
}

/** Options of one read. */
export interface FlagReadOptions extends Omit<ReadOptions, 'expose'> {
  /**
   * Whether this read counts as an exposure. With `on-mount` the browser counts it, for which an
   * `<Expose>` beside what is shown has to see to; a flag that may not reach the browser, see `client`,
   * counts here all the same. Default: true.
   */
  readonly expose?: boolean | 'on-mount';
}

/** The `client` of {@link CreateFlagsOptions}. */
export interface ClientOptions {
  /**
   * Which flags may reach the browser. With a list, only those are evaluated to hydrate it; a key that
   * the definitions do not have is left out.
   */
  readonly flags: readonly FlagKey[] | 'all';
  /** What pages may set of the evaluation context. Default: nothing. */
  readonly context?: ClientContextOptions;
}

/** Options of {@link Flags.webhook}. */
export interface WebhookOptions {
  /** What the backend signs its webhooks with, as entered there. */
  readonly secret: string;
}

/** A request as Node has it, such as `context.req` of `getServerSideProps`: as much of it as is read. */
export interface NodeRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The flags of one request's visitor. */
export type RequestFlags = Pick<Flags, 'get' | 'details' | 'all' | 'explain' | 'hydrate'>;

/** An application's flags, for everything that runs on the server. */
export interface Flags {
  /**
   * The flag's value for this request's visitor. Counts as an exposure. Never throws on its own, but for a
   * HalyardError INVALID_OPTION inside a cache, as all reads do: a default would be kept there, for everybody.
   */
  get<K extends FlagKey, D extends FlagDefault<K>>(
    key: K,
    defaultValue: D,
    options?: FlagReadOptions,
  ): Promise<FlagType<K, D>>;
  /** The value with variant, reason and error. Counts as an exposure. */
  details<K extends FlagKey, D extends FlagDefault<K>>(
    key: K,
    defaultValue: D,
    options?: FlagReadOptions,
  ): Promise<EvaluationDetails<FlagType<K, D>>>;
  /** Whether a flag may reach the browser, see `client`. Then the browser can count it. */
  reachesBrowser(key: FlagKey): boolean;
  /** Every flag. Exposes nothing. */
  all(): Promise<ReadonlyMap<string, Resolution>>;
  /** Why a flag resolves as it does for this visitor. Exposes nothing. */
  explain(key: FlagKey): Promise<ClientExplanation>;
  /**
   * What `FlagsProvider` takes: this visitor's values of the flags that `client` allows. Exposes
   * nothing. Need not be awaited: it rejects with nothing but Next's own signals, such as an identify
   * that redirects, and never as an unhandled rejection. To have such a redirect happen, await it.
   */
  hydrate(): Promise<FlagsBootstrap>;
  /**
   * The flags of a request that is given by hand: in `getServerSideProps`, `getInitialProps` on the server,
   * and API routes of the Pages Router, where Next does not say which request is at hand. Reads are as
   * everywhere; exposures count once the response has arrived.
   */
  forRequest(request: NodeRequest): RequestFlags;
  /**
   * Route handlers: GET answers the visitor's map; POST takes exposed keys from the browser, and what a
   * page sets of the context.
   */
  readonly handlers: {
    GET(request: Request): Promise<Response>;
    POST(request: Request): Promise<Response>;
  };
  /**
   * A route handler for POST that the backend calls when flags were changed: checks its signature and
   * fetches the definitions anew. Throws a HalyardError INVALID_OPTION when there is no secret, or
   * where the backend signs no webhooks.
   */
  webhook(options: WebhookOptions): (request: Request) => Promise<Response>;
  /** Route handlers that show and set a visitor's overrides. */
  readonly overrides: OverrideHandlers;
  /** For `instrumentation.ts`: starts and warms the runtime, and drains it on SIGTERM. */
  register(): Promise<void>;
  /**
   * For `proxy.ts`: mints the anonymous visitor id, visible within the same request. In a proxy of your
   * own, call it before reading flags there.
   */
  proxy(): (request: NextRequest) => Promise<NextResponse>;
  /**
   * Pages made in advance, one for each combination of what some flags come out as: static, and yet with
   * the visitor's values in their first bytes. Name the flags with their defaults. Throws a HalyardError
   * INVALID_OPTION when something given is wrong.
   */
  precompute<D extends { readonly [K in FlagKey]?: FlagDefault<K> }>(
    defaults: D & PrecomputedDefaults<D>,
    options: PrecomputeOptions,
  ): PrecomputedPage<D>;
  /**
   * For the server action or route handler that signs somebody in: whether the account keeps what the
   * anonymous visitor was bucketed by. `bucketingKey` of `identify` goes by it from now on, this request
   * included. Returns that key for this account, to be stored with it where other browsers are to go by it
   * too. Throws a HalyardError INVALID_OPTION when an argument is wrong, and Next's own error where no
   * cookie can be set.
   */
  signIn(accountId: string, options: SignInOptions): Promise<string>;
  /**
   * For the server action or route handler that signs somebody out: ends what the page has set of the
   * context, and says who comes next. What accounts have kept stays with them. Throws Next's own error
   * where no cookie can be set.
   */
  signOut(options?: SignOutOptions): Promise<void>;
  /** The runtime behind: status, events, `explain`. One per process, whichever bundle asks. */
  readonly client: FlagClient;
}
