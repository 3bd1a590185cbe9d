import type { FlagSource } from '@halyard/core';
import { flagdDefinitions } from '@halyard/sources/flagd';
import { flagsmithRemote } from '@halyard/sources/flagsmith';
import { mixpanel, mixpanelRemote } from '@halyard/sources/mixpanel';
import { posthogRemote } from '@halyard/sources/posthog';
import {
  type FlagsmithEmulator,
  type MixpanelEmulator,
  type PosthogEmulator,
  startFlagsmithEmulator,
  startMixpanelEmulator,
  startPosthogEmulator,
} from '@halyard/testing';
import { type Client, type EvaluationContext, OpenFeature } from '@openfeature/server-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardServerProvider } from './index.ts';

/** What a request's query holds under a name, as JSON. */
const queried = (url: string, name: string) =>
  JSON.parse(new URL(url, 'http://localhost').searchParams.get(name) ?? 'null');

async function clientOver(source: FlagSource): Promise<Client> {
  OpenFeature.setLogger(QUIET);
  await OpenFeature.setProviderAndWait(new HalyardServerProvider({ source, logger: QUIET }));
  return OpenFeature.getClient();
}

afterEach(() => OpenFeature.clearProviders());

describe('Mixpanel', () => {
  const rule = { '==': [{ var: 'plan' }, 'pro'] };
  const flag = {
    key: 'speed',
    context: 'distinct_id',
    ruleset: {
      variants: [{ key: 'fast', value: true, split: 1 }],
      rollout: [{ rollout_percentage: 1, runtime_evaluation_rule: rule }],
    },
  };
  let emulator: MixpanelEmulator;

  beforeEach(async () => {
    emulator = await startMixpanelEmulator({ definitions: { flags: [flag] } });
  });
  afterEach(() => emulator.close());

  const here = () => mixpanel({ apiHost: emulator.apiHost, token: emulator.token });

  it('is given the context as it is, the targeting key among it, and dates as ISO 8601', async () => {
    const { apiHost, token } = emulator;
    const client = await clientOver(mixpanelRemote({ apiHost, token }));
    const context = {
      targetingKey: 'ada',
      distinct_id: 'd-1',
      device_id: 'phone',
      custom_properties: { plan: 'pro', since: new Date(0), seats: 5 },
    };
    await client.getBooleanValue('speed', false, context);
    const [request] = await emulator.received('flags', 1);
    expect(queried(request?.url ?? '', 'context')).toEqual(JSON.parse(JSON.stringify(context)));
  });

  it('goes by the distinct id, for which the targeting key is no substitute', async () => {
    const client = await clientOver(here());
    const custom_properties = { plan: 'pro' };
    const read = (context: EvaluationContext) =>
      client.getBooleanDetails('speed', false, { ...context, custom_properties });
    expect(await read({ targetingKey: 'ada', distinct_id: 'd-1' })).toMatchObject({ value: true });
    expect(await read({ distinct_id: 'd-2' })).toMatchObject({ value: true });
    expect(await read({ targetingKey: 'ada' })).toMatchObject({
      errorCode: 'TARGETING_KEY_MISSING',
    });
    const [first, second] = await emulator.eventsReceived(2);
    expect([first, second].map((event) => event?.properties.distinct_id)).toEqual(['d-1', 'd-2']);
  });

  it('sees nothing in its rules but the custom properties', async () => {
    const client = await clientOver(here());
    const details = await client.getBooleanDetails('speed', false, {
      distinct_id: 'd-1',
      plan: 'pro',
      custom_properties: {},
    });
    expect(details).toMatchObject({ value: false, reason: 'DEFAULT' });
  });
});

describe('PostHog', () => {
  let emulator: PosthogEmulator;

  beforeEach(async () => {
    emulator = await startPosthogEmulator({ definitions: { flags: [{ key: 'f', active: true }] } });
  });
  afterEach(() => emulator.close());

  it('takes the targeting key for the distinct id, and attributes for properties of the person', async () => {
    const { host, projectKey } = emulator;
    const client = await clientOver(posthogRemote({ host, projectKey }));
    await client.getBooleanValue('f', false, {
      targetingKey: 'ada',
      plan: 'pro',
      groups: { company: 'acme' },
      groupProperties: { company: { country: 'DE' } },
    });
    const [request] = await emulator.received('flags', 1);
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      distinct_id: 'ada',
      person_properties: { plan: 'pro' },
      groups: { company: 'acme' },
      group_properties: { company: { $group_key: 'acme', country: 'DE' } },
    });
    expect(JSON.parse(request?.body ?? '').person_properties).toEqual({ plan: 'pro' });
  });
});

describe('Flagsmith', () => {
  let emulator: FlagsmithEmulator;

  beforeEach(async () => {
    const document = {
      api_key: 'client-key',
      feature_states: [{ feature: { id: 1, name: 'f' }, enabled: true }],
    };
    emulator = await startFlagsmithEmulator({ document });
  });
  afterEach(() => emulator.close());

  const there = () =>
    flagsmithRemote({ apiUrl: emulator.apiUrl, environmentKey: emulator.clientKey });

  it('takes the targeting key for the identifier, and attributes for traits', async () => {
    const client = await clientOver(there());
    await client.getBooleanValue('f', false, {
      targetingKey: 'ada',
      plan: 'free',
      seats: 5,
      traits: { plan: 'pro' },
    });
    const [request] = await emulator.received('identities', 1);
    const { identifier, traits } = JSON.parse(request?.body ?? '');
    expect(identifier).toBe('ada');
    expect(traits).toEqual(
      expect.arrayContaining([
        { trait_key: 'plan', trait_value: 'pro' },
        { trait_key: 'seats', trait_value: 5 },
      ]),
    );
    expect(traits).toHaveLength(2);
  });

  it('gives the environment’s flags where there is no targeting key', async () => {
    const client = await clientOver(there());
    expect(await client.getBooleanValue('f', false, { plan: 'pro' })).toBe(true);
    expect([emulator.requestsTo('flags').length, emulator.requestsTo('identities').length]).toEqual(
      [1, 0],
    );
  });
});

describe('flagd', () => {
  it('sees the context as it is, the targeting key among it', async () => {
    const seen = (name: string) => ({ '==': [{ var: name }, 'ada'] });
    const flag = (name: string) => ({
      state: 'ENABLED' as const,
      variants: { yes: true, no: false },
      defaultVariant: 'no',
      targeting: { if: [seen(name), 'yes'] },
    });
    const source = flagdDefinitions({
      flags: { key: flag('targetingKey'), nested: flag('user.name') },
    });
    const client = await clientOver(source);
    const context = { targetingKey: 'ada', user: { name: 'ada' } };
    expect(await client.getBooleanValue('key', false, context)).toBe(true);
    expect(await client.getBooleanValue('nested', false, context)).toBe(true);
  });
});
