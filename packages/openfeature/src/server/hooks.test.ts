import { type Hook, OpenFeature } from '@openfeature/server-sdk';
import { afterEach, expect, it } from 'vitest';
import { FakeClient } from '../fixtures/fake-client.ts';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardServerProvider } from './index.ts';

const calls: string[] = [];

function hook(name: string): Hook {
  return {
    before: () => void calls.push(`before ${name}`),
    after: () => void calls.push(`after ${name}`),
    error: () => void calls.push(`error ${name}`),
    finally: () => void calls.push(`finally ${name}`),
  };
}

async function clientWith(hooks: readonly Hook[]) {
  OpenFeature.setLogger(QUIET);
  const client = new FakeClient().supply();
  client.flags.set('flag', { value: true, reason: 'STATIC' });
  await OpenFeature.setProviderAndWait(new HalyardServerProvider({ client, hooks }));
  return { client: OpenFeature.getClient(), reads: client.reads };
}

afterEach(async () => {
  calls.length = 0;
  await OpenFeature.clearProviders();
});

it("a provider's hooks run next to the evaluation", async () => {
  const { client } = await clientWith([hook('provider')]);
  await client.getBooleanValue('flag', false, {}, { hooks: [hook('invocation')] });
  expect(calls).toEqual([
    'before invocation',
    'before provider',
    'after provider',
    'after invocation',
    'finally provider',
    'finally invocation',
  ]);
});

it("a provider's hooks see errors", async () => {
  const { client } = await clientWith([hook('provider')]);
  await client.getBooleanValue('missing', false);
  expect(calls).toEqual(['before provider', 'error provider', 'finally provider']);
});

it("a provider's hooks may add to the context", async () => {
  const { client, reads } = await clientWith([{ before: () => ({ plan: 'pro' }) }]);
  await client.getBooleanValue('flag', false, { targetingKey: 'ada' });
  expect(reads).toEqual([{ key: 'flag', context: { targetingKey: 'ada', plan: 'pro' } }]);
});
