'use client';

import { useExpose } from '@halyard/react';
import { useEffect } from 'react';
import '../lib/test-window.ts';

/** Gives the tests a hold on the page. */
export function TestHandle() {
  const expose = useExpose();
  useEffect(() => {
    window.exposeFlag = expose;
  }, [expose]);
  return null;
}
