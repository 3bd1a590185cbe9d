import { invalidOption } from '../invalid-option.ts';
import { valueSigner } from '../visitor/signed-value.ts';
import { COOKIE_PURPOSE, type CookieTerms } from './cookie.ts';
import type { OverrideOptions } from './options.ts';

/** The `overrides` option, checked and with every default filled in. */
export interface OverrideSettings extends CookieTerms {
  /** The cookie's name. */
  readonly cookie: string;
  /** Seconds. */
  readonly maxAge: number;
  /** Undefined where everybody may. */
  readonly authorize: OverrideOptions['authorize'];
}

/** Characters; what `openssl rand -hex 16` gives. */
const MIN_SECRET_LENGTH = 32;

export const DEFAULT_COOKIE = 'halyard-overrides';

const EIGHT_HOURS = 8 * 60 * 60;

/** A cookie's name is a token (RFC 6265 §4.1.1, RFC 9110 §5.6.2). */
const COOKIE_NAME = /^[!#$%&'*+.^`|~\w-]+$/;

/**
 * Checks the option. Undefined where nothing can be overridden: without a secret, and in production
 * without somebody to ask whether it is allowed. Throws a HalyardError that names the wrong option.
 */
export function readOverrides(options: OverrideOptions | undefined): OverrideSettings | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== 'object' || options === null) {
    throw invalidOption('`overrides`', 'an object with `secret`');
  }
  const { secret, environment = here(), cookie = DEFAULT_COOKIE, authorize } = options;
  const { maxAge = EIGHT_HOURS } = options;
  if (secret === undefined) return undefined;
  if (!isSecret(secret)) {
    throw invalidOption('`overrides.secret`', secretExpected());
  }
  if (typeof environment !== 'string' || environment === '') {
    throw invalidOption('`overrides.environment`', 'the name of an environment');
  }
  if (typeof cookie !== 'string' || !COOKIE_NAME.test(cookie)) {
    throw invalidOption(
      '`overrides.cookie`',
      'a cookie name: letters, digits and the punctuation a token may have',
    );
  }
  if (!Number.isInteger(maxAge) || maxAge <= 0) {
    throw invalidOption('`overrides.maxAge`', 'a whole number of seconds above 0');
  }
  if (authorize !== undefined && typeof authorize !== 'function') {
    throw invalidOption('`overrides.authorize`', 'a function that returns whether it is allowed');
  }
  if (authorize === undefined && here() === 'production') return undefined;
  return { environment, cookie, maxAge, authorize, signer: valueSigner(secret, COOKIE_PURPOSE) };
}

/** The environment that Node was told; whoever was told nothing is as careful as in production. */
export function here(): string {
  return process.env.NODE_ENV ?? 'production';
}

/** Whether a secret is long enough to sign with. */
export function isSecret(secret: unknown): secret is string {
  return typeof secret === 'string' && secret.length >= MIN_SECRET_LENGTH;
}

/** What is said of one that is not; the secret itself is not told. */
export function secretExpected(): string {
  return `a text of at least ${MIN_SECRET_LENGTH} characters that nobody can guess`;
}
