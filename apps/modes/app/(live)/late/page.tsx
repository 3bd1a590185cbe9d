import { Suspense } from 'react';
import { Read } from '../../../components/read.tsx';
import { FlagGate } from '../../../lib/flag-gate.ts';
import { flags } from '../../../lib/flags.ts';
import { pause } from '../../../lib/pause.ts';

/** A page whose second half comes later. */
export default function Page() {
  return (
    <main data-page="late">
      <Read flag="beside-late" />
      <Suspense fallback="A moment, please.">
        <Late />
      </Suspense>
    </main>
  );
}

async function Late() {
  await flags.get('settled', false, { expose: false });
  await pause();
  const isOn = await flags.get('late-get', false);
  return (
    <div data-page="late-half">
      <p>{`late-get: ${isOn}`}</p>
      <FlagGate flag="late-gate" default={false}>
        late
      </FlagGate>
    </div>
  );
}
