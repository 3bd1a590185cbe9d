/** What somebody who sends a request is after. */
export type Purpose =
  /** Something that nobody will look at, or not yet: a HEAD request, a prefetch that says so. */
  | 'speculation'
  /** The data of a page, for a navigation within the browser or for a prefetch that does not say so. */
  | 'page-data'
  /** A server action, whose answer may bring the page's new data along. */
  | 'action'
  /** A document, or what a route handler answers. */
  | 'answer';

/** Set by `flags.proxy()` on requests that nobody will look at. */
export const UNCOUNTED_HEADER = 'x-halyard-uncounted';

/**
 * What a request is for, by its method, where that is known, and its headers. Nothing in them is signed:
 * who forges one only hides himself.
 */
export function purposeOf(
  header: (name: string) => string | string[] | null | undefined,
  method?: string,
): Purpose {
  const has = (name: string) => (header(name) ?? undefined) !== undefined;
  if (method === 'HEAD' || has(UNCOUNTED_HEADER)) return 'speculation';
  if (has('next-router-prefetch') || has('next-router-segment-prefetch')) return 'speculation';
  // The browser's own, such as `<link rel="prefetch">`.
  if (/\bprefetch\b/i.test(`${header('sec-purpose')} ${header('purpose')}`)) return 'speculation';
  if (has('next-action')) return 'action';
  // Next hides `rsc` from what it renders, and leaves the other, which it sends less often.
  return has('rsc') || has('next-url') ? 'page-data' : 'answer';
}
