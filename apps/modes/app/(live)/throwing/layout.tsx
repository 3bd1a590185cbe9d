import type { ReactNode } from 'react';
import { FlagGate } from '../../../lib/flag-gate.ts';

/** Stays where it is when the page fails. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <FlagGate flag="gate-around-throwing" default={false}>
        around
      </FlagGate>
      {children}
    </>
  );
}
