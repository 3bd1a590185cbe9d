import { Suspense } from 'react';
import { Read } from '../../../components/read.tsx';
import { flags } from '../../../lib/flags.ts';
import { pause } from '../../../lib/pause.ts';

/** A page that takes its time, for those who do not wait. */
export default function Page() {
  return (
    <main data-page="slow">
      <Read flag="beside-slow" />
      <Suspense fallback="A moment, please.">
        <Slow />
      </Suspense>
    </main>
  );
}

async function Slow() {
  await flags.get('settled', false, { expose: false });
  await pause(2000);
  return <p>{`slow-get: ${await flags.get('slow-get', false)}`}</p>;
}
