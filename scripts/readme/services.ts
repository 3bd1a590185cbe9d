import type { FlagsBootstrap } from '@halyard/core';
import {
  startFlagsmithEmulator,
  startHttpServer,
  startMixpanelEmulator,
  startPosthogEmulator,
  startRedisServer,
} from '@halyard/testing';

/** What the examples talk to: emulators in the place of public hosts, and a real Redis. */
export interface Services {
  /** The environment of a program that is to find them, with `stand-ins.mjs` loaded into it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The batches that were sent to `warehouse.example`. */
  readonly batches: () => readonly string[];
  close(): Promise<void>;
}

const standIns = new URL('stand-ins.mjs', import.meta.url).href;

/** Starts all of them. In each backend, `new-checkout` is on for those whose plan is `pro`. */
export async function startServices(): Promise<Services> {
  const [flagsmith, posthog, mixpanel, page, warehouse, redis] = await Promise.all([
    startFlagsmithEmulator({ document: FLAGSMITH }),
    startPosthogEmulator({
      definitions: POSTHOG,
      evaluate: (_definitions, { person_properties: person }) => ({
        flags: { 'new-checkout': person?.plan === 'pro' },
      }),
    }),
    startMixpanelEmulator({ definitions: MIXPANEL }),
    startHttpServer([{ body: PAGE }]),
    startHttpServer([{ status: 204 }]),
    startRedisServer(),
  ]);
  const ports = {
    'edge.api.flagsmith.com': flagsmith.port,
    'realtime.flagsmith.com': flagsmith.port,
    'us.i.posthog.com': posthog.port,
    'api.mixpanel.com': mixpanel.port,
    'warehouse.example': warehouse.port,
  };
  return {
    environment: {
      NODE_OPTIONS: `--import=${standIns}`,
      STAND_INS: JSON.stringify(ports),
      PAGE_URL: page.url,
      REDIS_URL: redis.url,
      FLAGSMITH_KEY: flagsmith.serverKey,
      POSTHOG_PROJECT_KEY: posthog.projectKey,
      POSTHOG_SECRET_KEY: posthog.secretKey,
      MIXPANEL_TOKEN: mixpanel.token,
      FLAGS_SECRET: 'of the examples: at least thirty-two characters',
      FLAGS_WEBHOOK_SECRET: 'of the webhook',
    },
    batches: () => warehouse.requests.map(({ body }) => String(body)),
    async close() {
      const all = [flagsmith, posthog, mixpanel, page, warehouse, redis];
      await Promise.all(all.map((service) => service.close()));
    },
  };
}

const FLAGSMITH = {
  api_key: 'client-key',
  feature_states: [{ feature: { id: 1, name: 'new-checkout' }, enabled: false }],
  project: {
    segments: [
      {
        id: 1,
        name: 'pro',
        rules: [
          {
            type: 'ALL',
            rules: [],
            conditions: [{ property_: 'plan', operator: 'EQUAL', value: 'pro' }],
          },
        ],
        feature_states: [{ feature: { id: 1, name: 'new-checkout' }, enabled: true }],
      },
    ],
  },
};

const POSTHOG = {
  flags: [
    {
      id: 1,
      key: 'new-checkout',
      active: true,
      filters: {
        groups: [
          {
            properties: [{ key: 'plan', type: 'person', operator: 'exact', value: 'pro' }],
            rollout_percentage: 100,
          },
        ],
      },
    },
  ],
};

const MIXPANEL = {
  flags: [
    {
      key: 'new-checkout',
      context: 'distinct_id',
      ruleset: {
        variants: [{ key: 'on', value: true, split: 1 }],
        rollout: [
          {
            rollout_percentage: 1,
            runtime_evaluation_rule: { '===': [{ var: 'plan' }, 'pro'] },
          },
        ],
      },
    },
  ],
};

/** What a page has at its `/api/flags`. */
const PAGE: FlagsBootstrap = { version: '1', outcomes: [['new-checkout', true, 1]] };
