import { notFound } from 'next/navigation';
import { FlagGate } from '../../../lib/flag-gate.ts';
import { flags } from '../../../lib/flags.ts';

export default function Page() {
  return (
    <main data-page="missing">
      <FlagGate flag="missing-gate" default={false}>
        missing
      </FlagGate>
      <IsMissing />
    </main>
  );
}

/** Reads, and says that there is no such page. */
async function IsMissing(): Promise<never> {
  await flags.get('missing-get', false);
  notFound();
}
