import { FlagsProvider } from '@halyard/react';
import { FlagsRefresh } from '@halyard/react/refresh';
import type { ReactNode } from 'react';
import { TestHandle } from '../../components/test-handle.tsx';

const NOTHING_YET = { version: '', outcomes: [] };

/** Of pages that are made for everybody: the browser asks for the visitor's flags. */
export default function StaticLayout({ children }: { children: ReactNode }) {
  return (
    <FlagsProvider value={NOTHING_YET}>
      {children}
      <FlagsRefresh />
      <TestHandle />
    </FlagsProvider>
  );
}
