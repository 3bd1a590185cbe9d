import { definitionsOf } from '../../isolation/definitions.mjs';
import { badgeOf, environment } from '../../isolation/environment.mjs';
import { GivenBadge, GivenFlags } from '../components/given.jsx';
import { currentContext } from '../visitor.mjs';

const ADAPTERS = {
  'flagd-core': () => import('../../adapters/flagd/flagd-core.mjs'),
  'flagsmith-nodejs': () => import('../../adapters/flagsmith/flagsmith-nodejs.mjs'),
  mixpanel: () => import('../../adapters/mixpanel/mixpanel.mjs'),
  'posthog-node': () => import('../../adapters/posthog/posthog-node.mjs'),
};

/**
 * A vendor's SDK for servers, as the vendors' guides for servers have it: one client of the module, asked with the
 * visitor's id and properties on every read (`getIdentityFlags` of flagsmith-nodejs, `evaluateFlags` of
 * posthog-node, `getVariantValue` of mixpanel, `resolve…Evaluation` of flagd-core), and what it says given to client
 * components as props.
 */
export async function create({ backend, adapter, hasOverrides }) {
  const { text, toContext } = await definitionsOf(backend, { hasOverrides });
  const { create } = await ADAPTERS[adapter]();
  const sdk = await create(text, environment);
  return asProps(async () => {
    const handle = await sdk.handle(toContext(await currentContext()));
    return badgeOf({ visitor: sdk.again(handle, 'visitor'), said: sdk.again(handle, 'said') });
  });
}

/** For an SDK that has nothing for client components: these get what the server has read. */
export function asProps(read) {
  return {
    read,
    readForBrowser: read,
    provide: async (children) => <GivenFlags badge={await read()}>{children}</GivenFlags>,
    Badge: GivenBadge,
  };
}
