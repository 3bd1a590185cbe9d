'use client';

import { useFlagsRefresh } from '@halyard/react/refresh';
import { useEffect } from 'react';
import '../lib/test-window.ts';

/** Gives the tests a hold on the page. */
export function RefreshHandle() {
  const { refresh } = useFlagsRefresh();
  useEffect(() => {
    window.refreshFlags = async () => refresh();
  }, [refresh]);
  return null;
}
