import type { EvaluationContext } from '@openfeature/server-sdk';
import { describe, expect, it, vi } from 'vitest';
import type { PlainFlag } from '../fixtures/backends/flag.ts';
import { EVERYWHERE, LOCALLY, type Place, places, REMOTELY } from '../fixtures/places.ts';

const { register } = places();

const FLAGS: readonly PlainFlag[] = [
  { key: 'color', variants: { warm: 'red', cold: 'blue' }, defaultVariant: 'warm' },
  {
    key: 'for-pros',
    variants: { pro: 'fast', free: 'slow' },
    defaultVariant: 'free',
    targeting: { conditions: [{ attribute: 'plan', is: 'equal', value: 'pro' }], variant: 'pro' },
  },
  { key: 'for-nobody', variants: { some: 'thing' } },
  { key: 'off', isDisabled: true, variants: { some: 'thing' }, defaultVariant: 'some' },
];

/** How a backend says that it gives everybody a variant. */
function reasonOf({ backend, evaluates }: Place): string {
  if (backend.name === 'flagd') return 'STATIC';
  // Flagsmith's variants are shares, and PostHog's answers do not tell a share from a condition.
  const isShare = backend.name === 'flagsmith' || isAnswerOf('posthog', { backend, evaluates });
  return isShare ? 'SPLIT' : 'TARGETING_MATCH';
}

const isAnswerOf = (name: string, { backend, evaluates }: Place) =>
  backend.name === name && evaluates === 'remote';

/** PostHog's variants have no value beside their names. */
const nameOf = ({ backend }: Place, variant: string, value: string) =>
  backend.name === 'posthog' ? value : variant;

const contextOf = ({ backend }: Place, attributes?: object) =>
  backend.contextOf('ada', attributes as Record<string, unknown>) as EvaluationContext;

describe.each(EVERYWHERE)('a flag that gives the visitor something (%s)', (_title, place) => {
  it('is its value, with variant and reason, and no error', async () => {
    const { client } = await register(place, FLAGS);
    const details = await client.getStringDetails('color', 'none', contextOf(place));
    expect(details).toMatchObject({ value: 'red', variant: nameOf(place, 'warm', 'red') });
    expect(details.reason).toBe(reasonOf(place));
    expect(details.errorCode).toBeUndefined();
    expect(details.errorMessage).toBeUndefined();
  });

  it('is that of whom the rules are for', async () => {
    const { client } = await register(place, FLAGS);
    const read = (plan: string) =>
      client.getStringDetails('for-pros', 'none', contextOf(place, { plan }));
    expect(await read('pro')).toMatchObject({ value: 'fast' });
    expect(await read('free')).toMatchObject({ value: 'slow' });
    if (place.evaluates === 'remote') return;
    expect(await read('pro')).toMatchObject({ reason: 'TARGETING_MATCH' });
  });
});

describe.each(EVERYWHERE)('a flag that does not exist (%s)', (_title, place) => {
  it.each(['missing', 'constructor', '__proto__'])(
    'is the default and FLAG_NOT_FOUND (%s)',
    async (key) => {
      const { client } = await register(place, FLAGS);
      expect(await client.getStringDetails(key, 'none', contextOf(place))).toMatchObject({
        value: 'none',
        reason: 'ERROR',
        errorCode: 'FLAG_NOT_FOUND',
        errorMessage: expect.stringContaining(`"${key}"`),
      });
    },
  );
});

describe.each(EVERYWHERE)('a flag that no rule gives the visitor (%s)', (_title, place) => {
  it('is the default, with a reason and no error', async () => {
    const { client } = await register(place, FLAGS);
    const details = await client.getStringDetails('for-nobody', 'none', contextOf(place));
    expect(details.value).toBe('none');
    expect(details.variant).toBeUndefined();
    if (isAnswerOf('mixpanel', place)) {
      // Its answers do not tell flags that the visitor has no variant of from those there are none of.
      expect(details).toMatchObject({ reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' });
      return;
    }
    // A flag of Flagsmith's without a value is one that is not enabled.
    expect(details.reason).toBe(place.backend.name === 'flagsmith' ? 'DISABLED' : 'DEFAULT');
    expect(details.errorCode).toBeUndefined();
  });
});

describe.each(EVERYWHERE)('a flag that is switched off (%s)', (_title, place) => {
  it('is the default, and no error where the backend says that there is one', async () => {
    const { client } = await register(place, FLAGS);
    const details = await client.getStringDetails('off', 'none', contextOf(place));
    expect(details.value).toBe('none');
    // Mixpanel serves enabled flags only, and PostHog's answers leave out those that are not active.
    const isServed = place.backend.name !== 'mixpanel' && !isAnswerOf('posthog', place);
    expect(details).toMatchObject(
      isServed ? { reason: 'DISABLED' } : { errorCode: 'FLAG_NOT_FOUND' },
    );
  });
});

describe.each(EVERYWHERE)('a visitor of whom nothing is known (%s)', (_title, place) => {
  it('has TARGETING_KEY_MISSING where the backend has to know whose flags they are', async () => {
    const { client } = await register(place, FLAGS);
    const details = await client.getStringDetails('color', 'none', {});
    const { identity } = place.backend;
    if (identity === undefined) {
      expect(details.errorCode).toBeUndefined();
      expect(details.value).toBe('red');
      return;
    }
    expect(details).toMatchObject({
      value: 'none',
      reason: 'ERROR',
      errorCode: 'TARGETING_KEY_MISSING',
    });
    expect(details.errorMessage).toMatch(
      identity === 'targetingKey' ? /targeting ?key/i : identity,
    );
  });
});

describe.each(LOCALLY)('definitions that have not come (%s)', (_title, place) => {
  it('leave the default and PROVIDER_NOT_READY', async () => {
    const { running, client, provider } = await register(place, FLAGS);
    running.failDefinitions({ fault: 'hang' });
    await provider.onClose();
    void provider.initialize().catch(() => {});
    const details = await client.getStringDetails('color', 'none', contextOf(place));
    expect(details).toMatchObject({
      value: 'none',
      reason: 'ERROR',
      errorCode: 'PROVIDER_NOT_READY',
    });
  });
});

describe.each(REMOTELY)('a backend that does not answer (%s)', (_title, place) => {
  it.each([
    ['with an error', { status: 500, body: 'out of order' }],
    ['at all', { fault: 'reset' as const }],
    ['with sense', { body: 'out of order' }],
  ])('%s is the default and GENERAL, with its own words', async (_how, reply) => {
    const { running, client } = await register(place, FLAGS);
    running.failEvaluation(reply);
    const details = await client.getStringDetails('color', 'none', contextOf(place));
    expect(details).toMatchObject({ value: 'none', reason: 'ERROR', errorCode: 'GENERAL' });
    if ('status' in reply) expect(details.errorMessage).toContain('500');
    expect(details.errorMessage).not.toBe('');
  });

  it('is asked again by the next read', async () => {
    const { running, client } = await register(place, FLAGS);
    running.failEvaluation({ status: 500 });
    await client.getStringDetails('color', 'none', contextOf(place));
    // What changes in the turn in which the provider became ready is told in the next.
    await vi.waitFor(() => expect(client.providerStatus).toBe('ERROR'));
    running.failEvaluation({});
    expect(await client.getStringDetails('color', 'none', contextOf(place))).toMatchObject({
      value: 'red',
    });
    expect(client.providerStatus).toBe('READY');
  });
});

describe.each(EVERYWHERE)('a context that throws when it is read (%s)', (_title, place) => {
  it('is the default and an error, and never thrown', async () => {
    const { provider } = await register(place, FLAGS);
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('not to be read');
        },
        ownKeys: () => {
          throw new Error('not to be read');
        },
        getOwnPropertyDescriptor: () => {
          throw new Error('not to be read');
        },
        has: () => {
          throw new Error('not to be read');
        },
      },
    );
    const details = await provider.resolveStringEvaluation('for-pros', 'none', hostile);
    expect(details.value).toBe('none');
    expect(details.reason).toBe('ERROR');
    expect(details.errorCode).toMatch(/GENERAL|INVALID_CONTEXT/);
  });
});
