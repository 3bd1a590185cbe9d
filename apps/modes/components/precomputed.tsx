import { Expose, FlagsProvider } from '@halyard/react';
import { precomputed } from '../lib/precomputed.ts';
import { TestHandle } from './test-handle.tsx';
import { UseRead } from './use-read.tsx';

/** What the page of a code shows. */
export async function Precomputed({ code }: { code: string }) {
  const { values } = await precomputed.read(code);
  return (
    <FlagsProvider value={precomputed.hydrate(code)}>
      <main data-page="precomputed">
        <p data-testid="shade">{values.shade}</p>
        <UseRead flag="precomputed-use-flag" />
        <Expose flags={['shade']} />
      </main>
      <TestHandle />
    </FlagsProvider>
  );
}
