import type { IdentifyRequest } from '@halyard/next';

/** Names who is signed in. (A session of yours would be signed.) */
export const SESSION_COOKIE = 'session';

/** Somebody who can sign in. */
export interface Account {
  readonly id: string;
  readonly plan: 'free' | 'pro';
}

/** Who is signed in, if anybody is. */
export function accountOf(cookies: IdentifyRequest['cookies']): Account | undefined {
  const id = cookies.get(SESSION_COOKIE)?.value;
  return id ? { id, plan: id === 'ann' ? 'pro' : 'free' } : undefined;
}

/** The choice that a form or a link makes. */
export function bucketingOf(choice: unknown): 'visitor' | 'account' {
  return choice === 'account' ? 'account' : 'visitor';
}
