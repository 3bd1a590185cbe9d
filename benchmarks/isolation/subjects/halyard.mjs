import { encodeBootstrap } from '@halyard/core';
import { OpenFeatureFlags } from '@halyard/openfeature/react';
import { FlagsProvider, useFlagValue } from '@halyard/react';
import { useStringFlagValue } from '@openfeature/react-sdk';
import { createElement as h } from 'react';
import { definitionsOf } from '../definitions.mjs';
import { badgeOf, environment } from '../environment.mjs';
import { Shown } from '../places.mjs';

/** What client components read with, and what they must be inside of for it. */
const HOOKS = {
  native: { Badge: NativeBadge, bridge: (children) => children },
  openfeature: {
    Badge: OpenFeatureBadge,
    bridge: (children) => h(OpenFeatureFlags, null, children),
  },
};

/** Halyard on a backend's definitions; client components read with its own hooks, or with OpenFeature's. */
export async function create({ backend, hooks, hasOverrides }) {
  const { text, toContext } = await definitionsOf(backend, { hasOverrides });
  const { create } = await import(`../../adapters/${backend}/halyard-client.mjs`);
  const client = await create(text, environment);
  const { Badge, bridge } = HOOKS[hooks];
  return (context) => {
    const snapshot = client.handle(toContext(context));
    const bootstrap = encodeBootstrap(snapshot.version, snapshot.all());
    const read = async () =>
      badgeOf({ visitor: client.again(snapshot, 'visitor'), said: client.again(snapshot, 'said') });
    const provide = (children) => h(FlagsProvider, { value: bootstrap }, bridge(children));
    return { read, provide, Badge };
  };
}

function NativeBadge({ place }) {
  const visitor = useFlagValue('visitor', 'default');
  return h(Shown, { place, badge: badgeOf({ visitor, said: useFlagValue('said', 'default') }) });
}

function OpenFeatureBadge({ place }) {
  const visitor = useStringFlagValue('visitor', 'default');
  return h(Shown, {
    place,
    badge: badgeOf({ visitor, said: useStringFlagValue('said', 'default') }),
  });
}
