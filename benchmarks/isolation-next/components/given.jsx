'use client';

import { createContext, use } from 'react';
import { Shown } from '../../isolation/places.mjs';

const Value = createContext('default');

/** Hands down what the server has read. */
export function GivenFlags({ badge, children }) {
  return <Value value={badge}>{children}</Value>;
}

/** Shows what was handed down. */
export function GivenBadge({ place }) {
  return <Shown place={place} badge={use(Value)} />;
}
