import { FlagsProvider, type FlagsProviderProps } from '@halyard/react';
import type { AppProps } from 'next/app';

type PageProps = { readonly flags?: FlagsProviderProps['value'] };

const NOTHING: FlagsProviderProps['value'] = { version: '', outcomes: [] };

/** Pages that have read the visitor's flags hand them over in their props. */
export default function App({ Component, pageProps }: AppProps<PageProps>) {
  return (
    <FlagsProvider value={pageProps.flags ?? NOTHING}>
      <Component {...pageProps} />
    </FlagsProvider>
  );
}
