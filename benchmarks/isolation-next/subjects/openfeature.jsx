import { InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';
import { badgeOf } from '../../isolation/environment.mjs';
import { FLAGS } from '../../isolation/openfeature-flags.mjs';
import { HookBadge } from '../components/hook-badge.jsx';
import {
  ContextFlags,
  DomainFlags,
  EffectFlags,
  ProviderFlags,
} from '../components/open-feature.jsx';
import { currentContext } from '../visitor.mjs';
import { asProps } from './server-sdk.jsx';

/** How a visitor's flags get to the React SDK: see the components. */
const WIRINGS = {
  context: ContextFlags,
  provider: ProviderFlags,
  domain: DomainFlags,
  effect: EffectFlags,
};

/**
 * On the server `@openfeature/server-sdk` as its README has it: a provider for the process, and the context in every
 * call. Client components are given what the server has read, or read with the React SDK's hooks.
 */
export async function create({ hooks }) {
  await OpenFeature.setProviderAndWait(new InMemoryProvider(FLAGS));
  const client = OpenFeature.getClient();
  const read = async () => {
    const context = await currentContext();
    return badgeOf({
      visitor: await client.getStringValue('visitor', 'default', context),
      said: await client.getStringValue('said', 'default', context),
    });
  };
  const given = asProps(read);
  if (hooks === 'none') return given;
  const Wiring = WIRINGS[hooks];
  return {
    ...given,
    provide: async (children) => <Wiring context={await currentContext()}>{children}</Wiring>,
    Badge: HookBadge,
  };
}
