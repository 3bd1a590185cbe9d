import { HalyardError } from '@halyard/core';
import { cookies, headers } from 'next/headers.js';
import type { Flags, SignInOptions } from '../flags.ts';
import type { Settings } from '../settings.ts';
import { contextCookie } from './client-context.ts';
import { cookieAttributes } from './cookie-attributes.ts';
import {
  formatKeptIds,
  keptIdOf,
  keptIdsCookie,
  parseKeptIds,
  withKeptId,
  withoutKeptId,
} from './kept-ids.ts';
import { parseVisitorId } from './visitor-cookie.ts';

/** What an application does with its flags where it signs somebody in or out. */
export function createSignIn({
  visitor,
}: Pick<Settings, 'visitor'>): Pick<Flags, 'signIn' | 'signOut'> {
  const keptIds = keptIdsCookie(visitor.name);
  return {
    async signIn(accountId, options) {
      checkSignIn(accountId, options);
      const [jar, sent] = await Promise.all([cookies(), headers()]);
      const visitorId = parseVisitorId(jar.get(visitor.name)?.value);
      const before = parseKeptIds(jar.get(keptIds)?.value);
      const keeps = options.bucketing === 'visitor' && visitorId !== undefined;
      const kept = keeps
        ? withKeptId(before, accountId, visitorId)
        : withoutKeptId(before, accountId);
      const attributes = cookieAttributes({ headers: sent }, visitor.maxAge);
      if (kept.size > 0) jar.set(keptIds, formatKeptIds(kept), attributes);
      else if (before.size > 0) jar.delete(keptIds);
      return keptIdOf(kept, accountId) ?? accountId;
    },
    async signOut({ visitor: who = 'same' } = {}) {
      const [jar, sent] = await Promise.all([cookies(), headers()]);
      // What the browser said of whoever was signed in is over.
      jar.delete(contextCookie(visitor.name));
      if (who === 'same') return;
      const attributes = cookieAttributes({ headers: sent }, visitor.maxAge);
      jar.set(visitor.name, crypto.randomUUID(), attributes);
    },
  };
}

function checkSignIn(accountId: unknown, options: SignInOptions | undefined): void {
  const wrong = (what: string) =>
    new HalyardError(
      'next',
      'INVALID_OPTION',
      `signIn() needs ${what}, such as signIn(account.id, { bucketing: 'visitor' }).`,
    );
  if (typeof accountId !== 'string' || accountId === '') throw wrong('the id of the account');
  const { bucketing } = options ?? {};
  if (bucketing !== 'visitor' && bucketing !== 'account') {
    throw wrong("`bucketing`, which is 'visitor' or 'account'");
  }
}
