import { FlagsProvider } from '@halyard/react';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { ServerPart } from '../components/server-part.tsx';
import { flags } from '../lib/flags.ts';

/** The title says whom it is for. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: `for ${await flags.get('bucket', 'default')}` };
}

/** The flags of whoever asks, for everything below. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <FlagsProvider value={flags.hydrate()}>
          {children}
          <ServerPart />
        </FlagsProvider>
      </body>
    </html>
  );
}
