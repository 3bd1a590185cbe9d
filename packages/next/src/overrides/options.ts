import type { IdentifyRequest } from '../visitor/options.ts';

/** The `overrides` of `createFlags`: who may choose what flags come out as, for themselves alone. */
export interface OverrideOptions {
  /**
   * Signs the cookie that holds what was chosen: at least 32 characters, the same on every server. While
   * it is undefined nothing can be overridden.
   */
  readonly secret: string | undefined;
  /** Where this runs; cookies of any other environment are ignored. Default: `NODE_ENV`. */
  readonly environment?: string;
  /** The cookie's name. Default: `halyard-overrides`. */
  readonly cookie?: string;
  /** How long what was chosen lasts, in seconds, counted from the last choice. Default: 8 hours. */
  readonly maxAge?: number;
  /**
   * Whether overrides work for whoever makes this request, such as somebody of the staff: asked for every
   * request that carries a valid cookie, and for every request to the route handlers. Anything but true
   * means no; so does an error, or an answer that takes longer than `identifyTimeout`. Default: overrides
   * work for everybody in development and in tests, and for nobody in production (`NODE_ENV`).
   */
  readonly authorize?: (request: IdentifyRequest) => boolean | Promise<boolean>;
}

/** Route handlers that show and set a visitor's overrides. Where overrides do not work, all answer 404. */
export interface OverrideHandlers {
  /** Answers every flag with what it can come out as, and what is chosen now. */
  GET(request: Request): Promise<Response>;
  /**
   * Takes `{"overrides": {"flag-key": choice}}` from this site: the name of a variant, a value, or null for
   * what the backend says. Flags that it does not name stay as they are. Answers as GET does.
   */
  POST(request: Request): Promise<Response>;
  /** Ends all overrides. */
  DELETE(request: Request): Promise<Response>;
}
