import { type FlagOverrides, HalyardError } from '@halyard/core';
import { valueSigner } from '../visitor/signed-value.ts';
import { COOKIE_PURPOSE, choicesIn, encodeChoices } from './cookie.ts';
import { DEFAULT_COOKIE, here, isSecret, secretExpected } from './settings.ts';

/** Options of {@link overrideCookie}. */
export interface OverrideCookieOptions {
  /** The application's `overrides.secret`. */
  readonly secret: string;
  /** The application's `overrides.environment`. Default: `NODE_ENV` of the process that mints. */
  readonly environment?: string;
  /** How flags are to come out, by key: as a value, or as the variant of a name. */
  readonly overrides: FlagOverrides;
  /** Seconds until it is over. Default: one hour. */
  readonly expiresIn?: number;
  /** The application's `overrides.cookie`. Default: `halyard-overrides`. */
  readonly name?: string;
}

const ONE_HOUR = 60 * 60;

/**
 * Mints the cookie with which a visitor's flags come out as chosen, for tests that drive a browser or call
 * an application: with Playwright, `context.addCookies([{ ...overrideCookie({ … }), url }])`. Whether the
 * flags can come out so is for the application to say, which ignores what they cannot, and warns.
 *
 * Throws a HalyardError INVALID_OPTION when an option is wrong, or the cookie is more than a browser keeps.
 */
export function overrideCookie(options: OverrideCookieOptions): {
  readonly name: string;
  readonly value: string;
} {
  const { secret, environment = here(), expiresIn = ONE_HOUR, name = DEFAULT_COOKIE } = options;
  if (!isSecret(secret)) throw invalid(`\`secret\` must be ${secretExpected()}`);
  const choices = choicesIn(options.overrides);
  if (choices === undefined) {
    throw invalid("`overrides` must be an object, such as { 'new-checkout': true }");
  }
  if (!Number.isFinite(expiresIn)) throw invalid('`expiresIn` must be a number of seconds');
  const signer = valueSigner(secret, COOKIE_PURPOSE);
  const expiresAt = Math.floor(Date.now() / 1000) + expiresIn;
  const encoded = encodeChoices(choices, expiresAt, { signer, environment });
  if ('problem' in encoded) throw invalid(encoded.problem);
  return { name, value: encoded.value };
}

function invalid(what: string): HalyardError {
  return new HalyardError(
    'testing',
    'INVALID_OPTION',
    `${what}. Correct the call of overrideCookie().`,
  );
}
