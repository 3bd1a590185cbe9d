import { cookies } from 'next/headers';
import { Suspense } from 'react';
import { signIn, signOut } from '../actions/session.ts';
import { InTheBrowser } from '../components/in-the-browser.tsx';
import { flags } from '../lib/flags.ts';
import { accountOf } from '../lib/session.ts';

/** Everything that a page can know of its visitor. */
export default async function Page() {
  const bucket = await flags.get('bucket', 'default');
  return (
    <main>
      <b data-testid="account">{accountOf(await cookies())?.id ?? 'nobody'}</b>
      <b data-testid="server-bucket">{bucket}</b>
      <b data-testid="server-delivery">{await flags.get('delivery', 'default')}</b>
      <Suspense fallback={<i>…</i>}>
        <Late />
      </Suspense>
      <InTheBrowser />
      <form action={signIn}>
        <input name="account" defaultValue="ann" aria-label="Account" />
        <select name="bucketing" aria-label="Bucketing">
          <option>visitor</option>
          <option>account</option>
        </select>
        <button type="submit">Sign in</button>
      </form>
      <form action={signOut}>
        <select name="visitor" aria-label="Visitor">
          <option>same</option>
          <option>new</option>
        </select>
        <button type="submit">Sign out</button>
      </form>
    </main>
  );
}

/** Arrives after the rest of the page. */
async function Late() {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return <b data-testid="late-bucket">{await flags.get('bucket', 'default')}</b>;
}
