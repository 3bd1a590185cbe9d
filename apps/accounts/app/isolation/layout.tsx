import type { ReactNode } from 'react';
import { badge } from '../../lib/badge.ts';

/** A layout that reads as well, before the page does. */
export default async function IsolationLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <b data-testid="in-layout">{await badge()}</b>
      {children}
    </>
  );
}
