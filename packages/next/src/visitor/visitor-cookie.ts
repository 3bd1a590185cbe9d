import type { VisitorOptions } from '../flags.ts';
import { invalidOption } from '../invalid-option.ts';

/** The anonymous visitor's cookie. */
export interface VisitorCookie {
  readonly name: string;
  /** Seconds. */
  readonly maxAge: number;
}

const ONE_YEAR = 365 * 24 * 60 * 60;

/** A cookie's name is a token (RFC 6265 §4.1.1, RFC 9110 §5.6.2). */
const COOKIE_NAME = /^[!#$%&'*+.^`|~\w-]+$/;

/** Checks the `visitor` option and fills in its defaults. Throws a HalyardError when it is wrong. */
export function readVisitorCookie(visitor: VisitorOptions | undefined): VisitorCookie {
  const name = visitor?.cookie ?? 'halyard-visitor';
  const maxAge = visitor?.maxAge ?? ONE_YEAR;
  if (!COOKIE_NAME.test(name)) {
    throw invalidOption(
      '`visitor.cookie`',
      'a cookie name: letters, digits and the punctuation a token may have',
    );
  }
  if (!Number.isInteger(maxAge) || maxAge <= 0) {
    throw invalidOption('`visitor.maxAge`', 'a whole number of seconds above 0');
  }
  return { name, maxAge };
}

/** What a visitor's id looks like: minted ones are UUIDs, an application may set its own. */
const VISITOR_ID = /^[\w-]{8,64}$/;

/**
 * Takes a cookie's value for a visitor's id if it has the shape of one. Rollouts bucket on the id and
 * exposures carry it, so nothing long or strange gets in.
 */
export function parseVisitorId(value: string | undefined): string | undefined {
  return value !== undefined && VISITOR_ID.test(value) ? value : undefined;
}

/**
 * A request's `cookie` header with one cookie replaced or added. The other pairs keep their bytes:
 * parsing and writing them again would change the escaping of cookies that are not ours.
 */
export function replaceCookie(header: string | null, name: string, value: string): string {
  const others = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && pair.split('=', 1)[0]?.trim() !== name);
  return [...others, `${name}=${value}`].join('; ');
}
