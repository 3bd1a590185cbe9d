import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { Read } from '../../../components/read.tsx';
import { flags } from '../../../lib/flags.ts';
import { pause } from '../../../lib/pause.ts';

/** Redirects when its beginning, and with it the status, has been sent. */
export default function Page() {
  return (
    <main data-page="late-redirect">
      <Read flag="beside-late-redirect" />
      <Suspense fallback="A moment, please.">
        <Redirects />
      </Suspense>
    </main>
  );
}

async function Redirects(): Promise<never> {
  await flags.get('late-redirect-get', false);
  await pause();
  redirect('/');
}
