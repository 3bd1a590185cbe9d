import { FlagsProvider } from '@halyard/react';
import type { ReactNode } from 'react';
import { flags } from '../../lib/flags.ts';

/** Flags and nothing else: these pages exist to be read a thousand times at once. */
export default function IsolationLayout({ children }: { readonly children: ReactNode }) {
  return <FlagsProvider value={flags.hydrate()}>{children}</FlagsProvider>;
}
