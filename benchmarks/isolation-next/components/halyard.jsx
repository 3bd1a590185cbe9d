'use client';

import { useFlagValue } from '@halyard/react';
import { useStringFlagValue } from '@openfeature/react-sdk';
import { badgeOf } from '../../isolation/environment.mjs';
import { Shown } from '../../isolation/places.mjs';

// Server components place the bridge, so it needs an entry of its own on the client's side.
export { OpenFeatureFlags } from '@halyard/openfeature/react';

/** Reads with Halyard's own hooks. */
export function HalyardBadge({ place }) {
  const visitor = useFlagValue('visitor', 'default');
  return (
    <Shown place={place} badge={badgeOf({ visitor, said: useFlagValue('said', 'default') })} />
  );
}

/** Reads with OpenFeature's hooks, inside `OpenFeatureFlags`. */
export function HalyardOpenFeatureBadge({ place }) {
  const visitor = useStringFlagValue('visitor', 'default');
  const said = useStringFlagValue('said', 'default');
  return <Shown place={place} badge={badgeOf({ visitor, said })} />;
}
