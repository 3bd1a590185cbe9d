import type { IdentifyRequest } from '@halyard/next';
import { cookies } from 'next/headers';

/** Somebody who can sign in. */
export interface Account {
  readonly id: string;
  readonly plan: 'free' | 'pro';
}

/** Who is signed in, if anybody is. */
export async function accountOf(jar: IdentifyRequest['cookies']): Promise<Account | undefined> {
  const id = jar.get('session')?.value;
  return id === undefined ? undefined : { id, plan: 'pro' };
}

/** Signs in whoever the request's body names. */
export async function startSession(request: Request): Promise<Account> {
  const id = await request.text();
  (await cookies()).set('session', id, { httpOnly: true });
  return { id, plan: 'pro' };
}

export function isStaff(session: string | undefined): boolean {
  return session === 'staff';
}
