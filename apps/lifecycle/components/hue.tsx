'use client';

import { useFlag } from '@halyard/react';

/** Shows what the visitor has of the flag `hue`. */
export function Hue({ id }: { id: string }) {
  return <p data-testid={id}>{useFlag('hue', 'gray').value}</p>;
}
