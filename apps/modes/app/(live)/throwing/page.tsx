import { FlagGate } from '../../../lib/flag-gate.ts';
import { flags } from '../../../lib/flags.ts';

export default function Page() {
  return (
    <main data-page="throwing">
      <FlagGate flag="throwing-gate" default={false}>
        throwing
      </FlagGate>
      <Throws />
    </main>
  );
}

/** Reads, and fails. */
async function Throws(): Promise<never> {
  await flags.get('throwing-get', false);
  throw new Error('this page always fails');
}
