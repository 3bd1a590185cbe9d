import { useSyncExternalStore } from 'react';

/** Whether the visitor's cookie says that they agree. */
export function useConsent(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => document.cookie.includes('consent=given'),
    () => false,
  );
}
