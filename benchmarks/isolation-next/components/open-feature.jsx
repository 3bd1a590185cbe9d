'use client';

import { InMemoryProvider, OpenFeature, OpenFeatureProvider } from '@openfeature/react-sdk';
import { useEffect } from 'react';
import { FLAGS, flagsOf } from '../../isolation/openfeature-flags.mjs';

// As the README has it: set once, when the module is loaded.
OpenFeature.setProvider(new InMemoryProvider(FLAGS));

/**
 * The process's one provider, and `setContext` with what the server says of the visitor. While rendering, since
 * effects do not run on a server; and so as late as can be before its children read.
 */
export function ContextFlags({ context, children }) {
  OpenFeature.setContext(context);
  return <OpenFeatureProvider>{children}</OpenFeatureProvider>;
}

/** A provider with the visitor's values, set as the provider while rendering. */
export function ProviderFlags({ context, children }) {
  OpenFeature.setProvider(new InMemoryProvider(flagsOf(context)));
  return <OpenFeatureProvider>{children}</OpenFeatureProvider>;
}

/** Such a provider in a domain of the visitor's own, as the README has it for several providers. */
export function DomainFlags({ context, children }) {
  OpenFeature.setProvider(context.id, new InMemoryProvider(flagsOf(context)));
  return <OpenFeatureProvider domain={context.id}>{children}</OpenFeatureProvider>;
}

/** `setContext` in an effect, and so in browsers only: what the server renders knows of no visitor. */
export function EffectFlags({ context, children }) {
  useEffect(() => {
    OpenFeature.setContext(context);
  }, [context]);
  return <OpenFeatureProvider>{children}</OpenFeatureProvider>;
}
