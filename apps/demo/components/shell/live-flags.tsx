'use client';

import { FlagsRefresh } from '@halyard/react/refresh';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

/** Milliseconds between looks at the flags while the page is visible. */
const INTERVAL = 600;

/** Keeps the open page up to date: client components through the store, server components by a refresh. */
export function LiveFlags() {
  const router = useRouter();
  const [changes, setChanges] = useState(0);
  return (
    <>
      <FlagsRefresh
        interval={INTERVAL}
        onChange={() => {
          setChanges((count) => count + 1);
          router.refresh();
        }}
      />
      <p
        role="status"
        className="visually-hidden"
        data-testid="live-changes"
        data-changes={changes}
      >
        {changes > 0 && `The shop has been updated (${changes}).`}
      </p>
    </>
  );
}
