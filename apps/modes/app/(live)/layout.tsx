import type { ReactNode } from 'react';
import { ConsentedFlagsProvider } from '../../components/consented-flags-provider.tsx';
import { Streamed } from '../../components/streamed.tsx';
import { TestHandle } from '../../components/test-handle.tsx';
import { flags } from '../../lib/flags.ts';

/** Of pages whose flags come with them. */
export default function LiveLayout({ children }: { children: ReactNode }) {
  return (
    <ConsentedFlagsProvider value={flags.hydrate()}>
      <Streamed>{children}</Streamed>
      <TestHandle />
    </ConsentedFlagsProvider>
  );
}
