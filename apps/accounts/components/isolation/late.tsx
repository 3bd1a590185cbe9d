import { setTimeout as pause } from 'node:timers/promises';
import type { ReactNode } from 'react';
import { badge } from '../../lib/badge.ts';

interface LateProps {
  readonly milliseconds: number;
  readonly children: ReactNode;
}

/** Reads, waits and reads again, and only then renders: by now other requests have come and gone. */
export async function Late({ milliseconds, children }: LateProps) {
  const before = await badge();
  await pause(milliseconds);
  return (
    <>
      <b data-testid={`before-${milliseconds}`}>{before}</b>
      <b data-testid={`after-${milliseconds}`}>{await badge()}</b>
      {children}
    </>
  );
}
