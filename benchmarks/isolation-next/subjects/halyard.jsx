import { decodeBootstrap } from '@halyard/core';
import { createFlags } from '@halyard/next';
import { FlagsProvider } from '@halyard/react';
import { flagdDefinitions, parse as parseFlagd } from '@halyard/sources/flagd';
import { flagsmithDefinitions, parse as parseFlagsmith } from '@halyard/sources/flagsmith';
import { mixpanelDefinitions, parse as parseMixpanel } from '@halyard/sources/mixpanel';
import { parse as parsePosthog, posthogDefinitions } from '@halyard/sources/posthog';
import { definitionsOf } from '../../isolation/definitions.mjs';
import { badgeOf, contextOf } from '../../isolation/environment.mjs';
import { HalyardBadge, HalyardOpenFeatureBadge, OpenFeatureFlags } from '../components/halyard.jsx';
import { visitorOf } from '../visitor.mjs';

const SOURCES = {
  flagd: (text) => flagdDefinitions(parseFlagd(text)),
  flagsmith: (text) => flagsmithDefinitions(parseFlagsmith(text)),
  mixpanel: (text) => mixpanelDefinitions(parseMixpanel(text)),
  posthog: (text) => posthogDefinitions(parsePosthog(text)),
};

/** What client components read with, and what they must be inside of besides `FlagsProvider`. */
const HOOKS = {
  native: { Badge: HalyardBadge, bridge: (children) => children },
  openfeature: {
    Badge: HalyardOpenFeatureBadge,
    bridge: (children) => <OpenFeatureFlags>{children}</OpenFeatureFlags>,
  },
};

/**
 * Wired as the README of `@halyard/next` says, where an application knows its visitors: `identify`, and values not
 * awaited in the layout.
 */
export async function create({ backend, hooks, hasOverrides }) {
  const { text, toContext } = await definitionsOf(backend, { hasOverrides });
  const flags = createFlags({
    source: SOURCES[backend](text),
    identify: ({ cookies }) => toContext(contextOf(visitorOf(cookies))),
    client: { flags: ['visitor', 'said'] },
  });
  const { Badge, bridge } = HOOKS[hooks];
  return {
    Badge,
    read: async () =>
      badgeOf({
        visitor: await flags.get('visitor', 'default'),
        said: await flags.get('said', 'default'),
      }),
    async readForBrowser(request) {
      const values = decodeBootstrap(await (await flags.handlers.GET(request)).json());
      return badgeOf({ visitor: values.get('visitor')?.value, said: values.get('said')?.value });
    },
    provide: (children) => (
      <FlagsProvider value={flags.hydrate()}>{bridge(children)}</FlagsProvider>
    ),
  };
}
