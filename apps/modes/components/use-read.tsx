'use client';

import { useFlag } from '@halyard/react';

/** Reads a flag in the browser and shows its value. */
export function UseRead({ flag }: { flag: string }) {
  const { value } = useFlag(flag, false);
  return <p data-use={flag}>{`${flag}: ${value}`}</p>;
}
