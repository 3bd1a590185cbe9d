import { FlagsProvider } from '@halyard/react';
import { type ReactNode, Suspense } from 'react';
import { flags } from '../lib/flags.ts';

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <FlagsProvider value={flags.hydrate()}>
          <Suspense>{children}</Suspense>
        </FlagsProvider>
      </body>
    </html>
  );
}
