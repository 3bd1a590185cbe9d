'use client';

import { useFlagsRefresh } from '@halyard/react/refresh';
import { useRouter } from 'next/navigation';

/** Has the server render its part of the page anew when the browser's flags have changed. */
export function ServerPart() {
  const router = useRouter();
  useFlagsRefresh({ onChange: () => router.refresh() });
  return <i data-testid="hydrated" />;
}
