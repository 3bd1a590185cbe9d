import { Suspense } from 'react';
import { Hue } from '../../components/hue.tsx';
import { RefreshHandle } from '../../components/refresh-handle.tsx';
import { pause } from '../../lib/pause.ts';

type Search = Promise<Record<string, string | string[] | undefined>>;

/** A page with one reader that is there at once, and one that comes as late as its address says. */
export default function Page({ searchParams }: { searchParams: Search }) {
  return (
    <main>
      <Hue id="early" />
      <RefreshHandle />
      <Suspense fallback="A moment, please.">
        <Late searchParams={searchParams} />
      </Suspense>
    </main>
  );
}

async function Late({ searchParams }: { searchParams: Search }) {
  await pause((await searchParams).pause);
  return <Hue id="late" />;
}
