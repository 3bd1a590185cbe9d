import { cookies, headers } from 'next/headers.js';
import type { Settings } from '../settings.ts';
import { allowedContext, contextCookie, writeContext } from '../visitor/client-context.ts';
import { cookieAttributes } from '../visitor/cookie-attributes.ts';
import { Problem } from './problem.ts';

/**
 * Takes what a page sets of the context, in place of what it set before: from here on it is part of this
 * request, and by a cookie of the requests that follow. Nothing at all ends it. Throws a Problem 400 when
 * it is not allowed, and then nothing changes.
 *
 * @returns what takes it back.
 */
export async function takeContext(
  asked: unknown,
  { visitor, clientContext }: Settings,
): Promise<() => void> {
  if (clientContext === undefined) {
    throw new Problem(400, 'this application takes no context from pages, see `client.context`');
  }
  const { attributes, problem } = allowedContext(asked, clientContext);
  if (problem !== undefined) throw new Problem(400, problem);
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const name = contextCookie(visitor.name);
  const put = (value: string | undefined) => {
    if (value === undefined) jar.delete(name);
    else jar.set(name, value, cookieAttributes({ headers: sent }, clientContext.maxAge));
  };
  const before = jar.get(name)?.value;
  const isNothing = Object.keys(attributes).length === 0;
  put(isNothing ? undefined : writeContext(attributes, clientContext));
  return () => put(before);
}
