import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { flags } from '../../../lib/flags.ts';
import { bucketingOf, SESSION_COOKIE } from '../../../lib/session.ts';

/** Where a login elsewhere sends its visitors back to: signs in, and shows the page. */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const account = asked.get('account') ?? 'ann';
  const jar = await cookies();
  jar.set(SESSION_COOKIE, account, { httpOnly: true, sameSite: 'lax' });
  await flags.signIn(account, { bucketing: bucketingOf(asked.get('bucketing')) });
  redirect('/');
}
