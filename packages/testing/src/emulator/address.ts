import type { ReceivedRequest } from '../http-reply.ts';

/** What comes before the question mark. */
export function pathOf({ url }: ReceivedRequest): string {
  const [path = ''] = url.split('?', 1);
  return path;
}

/** What follows the question mark. */
export function queryOf({ url }: ReceivedRequest): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start));
}
