import { setTimeout as pause } from 'node:timers/promises';
import type { ReactNode } from 'react';
import { DEFAULT_BADGE } from '../../lib/flag-defaults.ts';
import { flags } from '../../lib/flags.ts';

interface LateProps {
  readonly milliseconds: number;
  readonly children: ReactNode;
}

/** Reads the visitor's badge, waits, and only then renders: by now other requests have come and gone. */
export async function Late({ milliseconds, children }: LateProps) {
  const before = await flags.get('visitor-badge', DEFAULT_BADGE);
  await pause(milliseconds);
  const after = await flags.get('visitor-badge', DEFAULT_BADGE);
  return (
    <>
      <span data-testid={`before-${milliseconds}`}>{before}</span>
      <span data-testid={`after-${milliseconds}`}>{after}</span>
      {children}
    </>
  );
}
