import { background, createFlagClient } from '@halyard/server';
import { type EvaluationContext, OpenFeature } from '@openfeature/server-sdk';
import { describe, expect, it } from 'vitest';
import type { PlainFlag } from '../fixtures/backends/flag.ts';
import { deferred } from '../fixtures/deferred.ts';
import { EVERYWHERE, LOCALLY, places, REMOTELY, sourceOf } from '../fixtures/places.ts';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardServerProvider } from './index.ts';

const { register, run } = places();

const FLAGS: readonly PlainFlag[] = [
  { key: 'color', variants: { red: 'red', blue: 'blue' }, defaultVariant: 'red' },
  { key: 'for-nobody', variants: { some: 'thing' } },
];

/** Every place that tells its backend who was shown what. */
const TOLD = EVERYWHERE.filter(([, { backend }]) => backend.isTold);

const RED = { flagKey: 'color', variant: 'red', visitor: 'ada' };

describe.each(TOLD)('what is read through OpenFeature (%s)', (_title, place) => {
  const ada = place.backend.contextOf('ada') as EvaluationContext;

  it('is told to the backend, the first time', async () => {
    const { running, client, provider } = await register(place, FLAGS);
    await client.getStringValue('color', 'none', ada);
    await client.getStringDetails('color', 'none', ada);
    await client.getNumberValue('missing', 1, ada);
    await provider.client?.flush();
    expect(running.exposures).toEqual([RED]);
    expect(provider.client?.status().exposures).toMatchObject({ delivered: 1, deduplicated: 1 });
  });

  it('is not told where it gave the visitor nothing, but that PostHog counts who is not in', async () => {
    const { running, client, provider } = await register(place, FLAGS);
    await client.getStringValue('for-nobody', 'none', ada);
    await provider.client?.flush();
    const off = { flagKey: 'for-nobody', variant: false, visitor: 'ada' };
    expect(running.exposures).toEqual(place.backend.name === 'posthog' ? [off] : []);
  });

  it('has been told by the time that the read is over, with inline()', async () => {
    const { running, client } = await register(place, FLAGS);
    const order: string[] = [];
    const released = deferred<void>();
    running.failEvents(async () => {
      order.push('asked');
      await released.promise;
      order.push('answered');
      return {};
    });
    const reading = client.getStringValue('color', 'none', ada).then(() => order.push('read'));
    await running.told(1);
    expect(order).toEqual(['asked']);
    released.resolve();
    await reading;
    expect(order).toEqual(['asked', 'answered', 'read']);
  });

  it.each([
    ['background()', () => background()],
    ["an executor of one's own", () => ({ submit: (task: () => Promise<void>) => void task() })],
  ])('is told after the read with %s, however long that takes', async (_name, executor) => {
    const exposures = { executor: executor() };
    const { running, client, provider } = await register(place, FLAGS, { exposures });
    const order: string[] = [];
    const released = deferred<void>();
    running.failEvents(async () => {
      await released.promise;
      order.push('answered');
      return {};
    });
    expect(await client.getStringValue('color', 'none', ada)).toBe('red');
    order.push('read');
    await running.told(1);
    expect(await client.getStringValue('color', 'none', ada)).toBe('red');
    order.push('read again');
    released.resolve();
    await provider.client?.flush();
    expect(order).toEqual(['read', 'read again', 'answered']);
    expect(running.exposures).toEqual([RED]);
  });

  it('is read all the same where the executor refuses, and the loss is counted', async () => {
    const executor = { submit: () => Promise.reject(new Error('no room')) };
    const { running, client, provider } = await register(place, FLAGS, { exposures: { executor } });
    expect(await client.getStringValue('color', 'none', ada)).toBe('red');
    await provider.client?.flush();
    expect(running.exposures).toEqual([]);
    expect(provider.client?.status().exposures).toMatchObject({ refused: 1, pending: 0 });
  });

  it('is read all the same where the backend is down, and the loss is counted', async () => {
    const { running, client, provider } = await register(place, FLAGS, {
      exposures: { maxAttempts: 1 },
    });
    running.failEvents({ status: 503 });
    const details = await client.getStringDetails('color', 'none', ada);
    expect(details).toMatchObject({ value: 'red' });
    expect(details.errorCode).toBeUndefined();
    expect(provider.client?.status().exposures).toMatchObject({ failed: 1, pending: 0 });
  });

  it('is told before the provider is closed', async () => {
    const exposures = { executor: background() };
    const { running, client } = await register(place, FLAGS, { exposures });
    await client.getStringValue('color', 'none', ada);
    await OpenFeature.clearProviders();
    expect(running.exposures).toEqual([RED]);
  });

  it('can be told by hand, the same way', async () => {
    const { running, client, provider } = await register(place, FLAGS);
    provider.client?.expose('color', 'red', place.backend.contextOf('ada'));
    await client.getStringValue('color', 'none', ada);
    provider.client?.expose('color', 'blue', place.backend.contextOf('ben'));
    await provider.client?.flush();
    expect(running.exposures).toEqual([RED, { ...RED, variant: 'blue', visitor: 'ben' }]);
  });
});

describe.each(TOLD)('what is tracked through OpenFeature (%s)', (_title, place) => {
  it('is told to the backend', async () => {
    const { running, client, provider } = await register(place, FLAGS);
    client.track('purchase', place.backend.contextOf('ada') as EvaluationContext, { value: 9.5 });
    await provider.client?.flush();
    expect(running.events).toEqual([{ name: 'purchase', value: 9.5, visitor: 'ada' }]);
  });

  it('is told after the call has returned, and before the provider is closed', async () => {
    const { running, client } = await register(place, FLAGS);
    client.track('purchase', place.backend.contextOf('ada') as EvaluationContext);
    expect(running.events).toEqual([]);
    await OpenFeature.clearProviders();
    expect(running.events).toMatchObject([{ name: 'purchase', visitor: 'ada' }]);
  });
});

describe.each(LOCALLY.filter(([, { backend }]) => !backend.isTold))('over %s', (_title, place) => {
  it('nobody takes events: the provider offers no tracking', async () => {
    const { provider } = await register(place, FLAGS);
    expect(provider.track).toBeUndefined();
  });
});

describe.each([...LOCALLY, ...REMOTELY])('a provider (%s)', (_title, { backend, evaluates }) => {
  const ada = backend.contextOf('ada') as EvaluationContext;

  it('makes a client of options, and closes it with itself', async () => {
    const { provider, client } = await register({ backend, evaluates }, FLAGS);
    const own = provider.client;
    expect(provider.metadata.name).toBe(`halyard/${backend.name}`);
    expect(await client.getStringValue('color', 'none', ada)).toBe('red');
    await OpenFeature.clearProviders();
    expect(own?.status().state).toBe('closed');
  });

  it('takes a client that there is already, and leaves it open', async () => {
    const running = await run(backend, FLAGS);
    const given = createFlagClient({ source: sourceOf(running, evaluates), logger: QUIET });
    const provider = new HalyardServerProvider({ client: given });
    await OpenFeature.setProviderAndWait(provider);
    expect(provider.client).toBeUndefined();
    const client = OpenFeature.getClient();
    expect(await client.getStringValue('color', 'none', ada)).toBe('red');
    await OpenFeature.clearProviders();
    expect(given.status().state).toBe('ready');
    const visitor = await given.load(backend.contextOf('ada'));
    expect(visitor.get('color', 'none')).toBe('red');
    await given.close();
  });
});
