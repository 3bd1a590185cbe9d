import { redirect } from 'next/navigation';
import { FlagGate } from '../../../lib/flag-gate.ts';
import { flags } from '../../../lib/flags.ts';

export default function Page() {
  return (
    <main data-page="redirecting">
      <FlagGate flag="redirecting-gate" default={false}>
        redirecting
      </FlagGate>
      <Redirects />
    </main>
  );
}

/** Reads, and sends everybody elsewhere. */
async function Redirects(): Promise<never> {
  await flags.get('redirecting-get', false);
  redirect('/');
}
