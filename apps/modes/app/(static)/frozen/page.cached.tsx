import { Suspense } from 'react';
import { Read } from '../../../components/read.tsx';
import { UseRead } from '../../../components/use-read.tsx';

/** Made once, at build time, but for what it reads of the visitor. */
export default function Page() {
  return (
    <main data-page="frozen">
      <Suspense>
        <Read flag="static-get" />
      </Suspense>
      <UseRead flag="static-use-flag" />
    </main>
  );
}
