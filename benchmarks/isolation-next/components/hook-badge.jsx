'use client';

import { useStringFlagValue } from '@openfeature/react-sdk';
import { badgeOf } from '../../isolation/environment.mjs';
import { Shown } from '../../isolation/places.mjs';

/** Reads with OpenFeature's hooks, from the nearest provider. */
export function HookBadge({ place }) {
  const visitor = useStringFlagValue('visitor', 'default');
  const said = useStringFlagValue('said', 'default');
  return <Shown place={place} badge={badgeOf({ visitor, said })} />;
}
