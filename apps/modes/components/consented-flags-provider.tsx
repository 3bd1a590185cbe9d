'use client';

import { FlagsProvider, type FlagsProviderProps } from '@halyard/react';
import { useSyncExternalStore } from 'react';
import '../lib/test-window.ts';

/** A provider that counts for as long as the visitor's cookie does not refuse it. */
export function ConsentedFlagsProvider(props: Omit<FlagsProviderProps, 'exposures'>) {
  const agrees = useSyncExternalStore(
    onConsent,
    () => !document.cookie.includes('consent=refused'),
    () => false,
  );
  return <FlagsProvider {...props} exposures={agrees} />;
}

function onConsent(listener: () => void): () => void {
  window.agree = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: as any consent banner does
    document.cookie = 'consent=given; path=/';
    listener();
  };
  return () => {};
}
