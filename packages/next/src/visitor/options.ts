/** What `identify` may read of the request. Works alike in every Next context. */
export interface IdentifyRequest {
  readonly cookies: { get(name: string): { readonly value: string } | undefined };
  readonly headers: { get(name: string): string | null };
  /** The anonymous visitor's id minted by `flags.proxy()`; undefined without it. */
  readonly visitorId: string | undefined;
  /**
   * The targeting key by the choice made at sign-in. For an account: the anonymous id it has kept on this
   * browser, else its own id. For nobody (undefined, null or an empty text): the visitor id.
   */
  readonly bucketingKey: (accountId?: string | null) => string | undefined;
  /**
   * What the page has set of the context, as far as `client.context` allows; {} without. It is part of the
   * context already, below what `identify` returns: here for backends that look for it elsewhere.
   */
  readonly clientContext: ClientAttributes;
}

/** The anonymous visitor's cookie, as `proxy()` sets it. */
export interface VisitorOptions {
  /** Its name. Default: `halyard-visitor`. */
  readonly cookie?: string;
  /** How long browsers keep it, in seconds, counted from when it was minted. Default: one year. */
  readonly maxAge?: number;
}

/** Options of `flags.signIn`. */
export interface SignInOptions {
  /**
   * What the account is bucketed by on this browser from now on. `visitor`: the anonymous id, so that every
   * flag stays what it was before; it stays the account's own when the next visitor signs in. `account`: its
   * own id, as on every other browser.
   */
  readonly bucketing: 'visitor' | 'account';
}

/** Options of `flags.signOut`. */
export interface SignOutOptions {
  /**
   * Who this browser's visitor is from now on. `same`: the one who was there before signing in. `new`:
   * somebody else, as suits a browser that people share. Default: `same`.
   */
  readonly visitor?: 'same' | 'new';
}

/** An attribute that a page may set. */
export type ClientAttribute = string | number | boolean;

/** Attributes that a page has set, by name. */
export type ClientAttributes = Readonly<Record<string, ClientAttribute>>;

/** What an attribute may be: of a type, one of a list, or what a function says true of. */
export type ClientAttributeRule =
  | 'string'
  | 'number'
  | 'boolean'
  | readonly ClientAttribute[]
  | ((value: ClientAttribute) => boolean);

/** What pages may set of the evaluation context, by `useSetContext()` of `@halyard/react/refresh`. */
export interface ClientContextOptions {
  /**
   * The attributes, and what each of them may be; whatever else a page sets is refused. A visitor can set
   * these to anything allowed here, so flags that guard something must not go by them.
   */
  readonly attributes: Readonly<Record<string, ClientAttributeRule>>;
  /** Signs the cookie that holds them: at least 32 characters, the same on every server. */
  readonly secret: string;
  /** How long they last, in seconds, counted from when they were set. Default: one day. */
  readonly maxAge?: number;
}
