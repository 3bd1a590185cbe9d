'use client';

import { type FlagStore, useExpose, useFlagStore } from '@halyard/react';
import { OpenFeatureProvider, type ReactFlagEvaluationOptions } from '@openfeature/react-sdk';
import { type ReactNode, use, useLayoutEffect, useMemo } from 'react';
import type { PageCallbacks } from './page-provider.ts';
import { createTreeClient } from './tree-client.ts';

/** Props of {@link OpenFeatureFlags}; those of OpenFeature's own provider are passed on to it. */
export type OpenFeatureFlagsProps = ReactFlagEvaluationOptions &
  PageCallbacks & {
    /** The domain under which OpenFeature knows the flags in the browser. Default: `halyard`. */
    readonly domain?: string;
    readonly children?: ReactNode;
  };

/**
 * Puts the hooks of `@openfeature/react-sdk` on the flags of the FlagsProvider above, from the first
 * render on, on the server and in the browser. Suspends while that provider's promise is pending, since
 * those hooks cannot wait by themselves. Without a FlagsProvider they give their defaults.
 */
export function OpenFeatureFlags(props: OpenFeatureFlagsProps): ReactNode {
  const { domain = 'halyard', refresh, onTrack, ...rest } = props;
  const store = useFlagStore();
  if (store === undefined) return <OpenFeatureProvider domain={domain} {...rest} />;
  return <Bridge store={store} domain={domain} callbacks={{ refresh, onTrack }} rest={rest} />;
}

interface BridgeProps {
  readonly store: FlagStore;
  readonly domain: string;
  readonly callbacks: PageCallbacks;
  /** What OpenFeature's own provider takes. */
  readonly rest: ReactFlagEvaluationOptions & { readonly children?: ReactNode };
}

function Bridge({ store, domain, callbacks, rest }: BridgeProps): ReactNode {
  const expose = useExpose();
  if (store.ready !== undefined) use(store.ready);
  const { client, provider } = useMemo(() => createTreeClient(domain, store), [domain, store]);
  // Layout effects, so that what has changed since the render is there before the browser paints.
  useLayoutEffect(() => provider?.use(callbacks));
  useLayoutEffect(() => provider?.page.connect({ store, expose }), [provider, store, expose]);
  return <OpenFeatureProvider client={client} {...rest} />;
}
