import {
  InMemoryProvider,
  OpenFeature,
  OpenFeatureProvider,
  useStringFlagValue,
} from '@openfeature/react-sdk';
import * as server from '@openfeature/server-sdk';
import { createElement as h } from 'react';
import { badgeOf } from '../environment.mjs';
import { FLAGS, flagsOf } from '../openfeature-flags.mjs';
import { Shown } from '../places.mjs';
import { asProps } from './server-sdk.mjs';

/**
 * How a visitor's flags get to OpenFeature's React SDK when a request begins; each gives the domain that has
 * them, where that is not the default one.
 */
const HOOKS = {
  /** The process's one provider, and the SDK told whose flags they are. */
  async context(context) {
    await OpenFeature.setContext(context);
  },
  /** A provider with the visitor's values, set as the provider. */
  provider(context) {
    OpenFeature.setProvider(new InMemoryProvider(flagsOf(context)));
  },
  /** Such a provider in a domain of the visitor's own. */
  domain(context) {
    OpenFeature.setProvider(context.id, new InMemoryProvider(flagsOf(context)));
    return context.id;
  },
};

/**
 * OpenFeature's SDKs with the providers they come with: on the server the context is part of every read. Client
 * components are given what the server has read, or read with the React SDK's hooks.
 */
export async function create({ hooks }) {
  await server.OpenFeature.setProviderAndWait(new server.InMemoryProvider(FLAGS));
  OpenFeature.setProvider(new InMemoryProvider(FLAGS));
  const client = server.OpenFeature.getClient();
  return async (context) => {
    const read = async () =>
      badgeOf({
        visitor: await client.getStringValue('visitor', 'default', context),
        said: await client.getStringValue('said', 'default', context),
      });
    if (hooks === 'none') return asProps(read);
    const domain = await HOOKS[hooks](context);
    const provide = (children) => h(OpenFeatureProvider, { domain }, children);
    return { read, provide, Badge };
  };
}

function Badge({ place }) {
  const badge = badgeOf({
    visitor: useStringFlagValue('visitor', 'default'),
    said: useStringFlagValue('said', 'default'),
  });
  return h(Shown, { place, badge });
}
