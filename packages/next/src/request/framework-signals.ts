/**
 * How Next marks the errors it steers with, all of them by `digest`: redirect(), notFound() and
 * friends, "render this in the browser", "this page is dynamic", "this prerender is over".
 *
 * `unstable_rethrow` of next/navigation knows the same list, but cannot be imported here: the
 * extension that plain Node needs (`next/navigation.js`) by-passes Next's own alias, and Turbopack
 * then fails to bundle React's client contexts into a route handler. The test beside this file holds
 * the list against Next's own function and Next's own errors.
 */
const SIGNAL_DIGEST =
  /^(?:NEXT_REDIRECT;|NEXT_HTTP_ERROR_FALLBACK;|BAILOUT_TO_CLIENT_SIDE_RENDERING$|DYNAMIC_SERVER_USAGE$|HANGING_PROMISE_REJECTION$|NEXT_PRERENDER_INTERRUPTED$)/;

/** `dynamic = 'error'` refuses request data with this code; a default instead would be baked in. */
const STATIC_BAILOUT_CODE = 'NEXT_STATIC_GEN_BAILOUT';

/** Wrapped signals are looked for this deep, so that a cyclic chain of causes ends. */
const MAX_CAUSES = 8;

/** Whether Next threw this to steer rendering. Such errors are no failures and must travel on. */
export function isFrameworkSignal(error: unknown): boolean {
  try {
    let current = error;
    for (let depth = 0; depth < MAX_CAUSES; depth++) {
      if (typeof current !== 'object' || current === null) return false;
      if ('digest' in current && SIGNAL_DIGEST.test(String(current.digest))) return true;
      if ('code' in current && current.code === STATIC_BAILOUT_CODE) return true;
      current = current instanceof Error ? current.cause : undefined;
    }
    return false;
  } catch {
    // An error whose properties throw when read is hostile, and certainly not one of Next's.
    return false;
  }
}

/** What Next's own `notFound()` throws: Next answers with its page for what does not exist. */
export function notFoundSignal(): Error {
  const digest = 'NEXT_HTTP_ERROR_FALLBACK;404';
  return Object.assign(new Error(digest), { digest });
}

/** The only re-throw in this package: every catch around the application's or Next's code starts here. */
export function rethrowFrameworkSignal(error: unknown): void {
  if (isFrameworkSignal(error)) throw error;
}
