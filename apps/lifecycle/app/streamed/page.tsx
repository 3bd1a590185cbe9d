import { Suspense } from 'react';
import { flags } from '../../lib/flags.ts';
import { pause } from '../../lib/pause.ts';

type Search = Promise<Record<string, string | string[] | undefined>>;

/** A page whose second half comes later. */
export default function Page({ searchParams }: { searchParams: Search }) {
  return (
    <main>
      <p>first half</p>
      <Suspense fallback="A moment, please.">
        <Late searchParams={searchParams} />
      </Suspense>
    </main>
  );
}

async function Late({ searchParams }: { searchParams: Search }) {
  await pause((await searchParams).pause ?? 10);
  return <p>{`streamed: ${await flags.get('streamed', false)}`}</p>;
}
