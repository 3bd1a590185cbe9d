import { unstable_cache } from 'next/cache.js';
import { rethrowFrameworkSignal } from '../request/framework-signals.ts';

/** Seconds; the least that Next takes. */
const LIFETIME = 1;

/**
 * Has Next keep the page that is being made for a second only: it shows defaults, or that there is no such
 * page, for want of definitions that may arrive any moment. Cached data shortens the life of the pages that
 * show it, static ones and `'use cache'` alike; of all the ways to do so it is the one that breaks none of
 * them. Does nothing where no page is made.
 */
export async function makePageShortLived(): Promise<void> {
  try {
    await unstable_cache(async () => true, ['halyard', 'short-lived'], { revalidate: LIFETIME })();
  } catch (error) {
    rethrowFrameworkSignal(error);
    // Thrown outside of Next, as in a test.
  }
}
