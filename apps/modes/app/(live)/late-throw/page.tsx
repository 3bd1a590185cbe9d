import { Suspense } from 'react';
import { Read } from '../../../components/read.tsx';
import { FlagGate } from '../../../lib/flag-gate.ts';
import { flags } from '../../../lib/flags.ts';
import { pause } from '../../../lib/pause.ts';

/** Fails when its beginning, and with it the status, has been sent. */
export default function Page() {
  return (
    <main data-page="late-throw">
      <Read flag="beside-late-throw" />
      <Suspense fallback="A moment, please.">
        <FlagGate flag="late-throw-gate" default={false}>
          late
        </FlagGate>
        <Throws />
      </Suspense>
    </main>
  );
}

async function Throws(): Promise<never> {
  await flags.get('late-throw-get', false);
  await pause();
  throw new Error('this page always fails, later');
}
