'use server';

import { cookies } from 'next/headers';
import { flags } from '../lib/flags.ts';
import { bucketingOf, SESSION_COOKIE } from '../lib/session.ts';

/** Signs the account in that the form names, keeping the visitor's bucketing or not, as it says. */
export async function signIn(form: FormData): Promise<void> {
  const account = String(form.get('account'));
  const jar = await cookies();
  jar.set(SESSION_COOKIE, account, { httpOnly: true, sameSite: 'lax' });
  await flags.signIn(account, { bucketing: bucketingOf(form.get('bucketing')) });
}

/** Signs out; whoever comes next is the same visitor, or somebody else, as the form says. */
export async function signOut(form: FormData): Promise<void> {
  const jar = await cookies();
  jar.delete(SESSION_COOKIE);
  await flags.signOut({ visitor: form.get('visitor') === 'new' ? 'new' : 'same' });
}

/** What the visitor is bucketed by, as an action that a page calls sees it. */
export async function bucketInAction(text: string): Promise<string> {
  return `${await flags.get('bucket', 'default')} read ${text.length} characters`;
}
