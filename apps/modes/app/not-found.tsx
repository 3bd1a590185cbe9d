import { Suspense } from 'react';
import { Read } from '../components/read.tsx';

/** Shown for addresses that do not exist, and where a page says so. */
export default function NotFound() {
  return (
    <main data-page="not-found">
      <Suspense>
        <Read flag="root-not-found" />
      </Suspense>
    </main>
  );
}
