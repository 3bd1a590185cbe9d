import { describe, expect, it } from 'vitest';
import {
  all,
  condition,
  environment,
  feature,
  identity,
  option,
  override,
  segment,
} from '../fixtures/build.ts';
import { emulation, remote } from '../fixtures/emulated.ts';
import { byEngine } from '../fixtures/remote-answers.ts';

const { serve, connect } = emulation();

const document = environment({
  features: [
    feature('color', { enabled: true }),
    feature('size', { enabled: true, feature_state_value: 7 }),
    feature('off', { feature_state_value: 'hidden' }),
    feature('button', {
      enabled: true,
      multivariate_feature_state_values: [option('A', 100)],
    }),
  ],
  segments: [
    segment(1, [all(condition('plan', 'EQUAL', 'pro'))], [override('color', 'for pro')]),
    segment(2, [all(condition('beta', 'EQUAL', 'true'))], [override('size', 'for beta')]),
  ],
  identities: [identity('joe', [override('color', 'for joe')])],
});

/** An emulated API that evaluates, and a client that asks it. */
async function asked(options: Parameters<typeof remote>[1] = {}) {
  const emulator = await serve(document, { evaluate: byEngine });
  return { emulator, client: connect(remote(emulator, options)) };
}

describe('an identity that Flagsmith evaluates', () => {
  it('has the flags of its traits and of its own, by one request', async () => {
    const { emulator, client } = await asked();
    const ann = await client.load({ targetingKey: 'ann', plan: 'pro' });
    expect(ann.details('color', 'none')).toMatchObject({
      value: 'for pro',
      reason: 'TARGETING_MATCH',
      flagMetadata: { 'flagsmith.reason': 'TARGETING_MATCH; segment=s1' },
    });
    expect(ann.get('size', 0)).toBe(7);
    expect(ann.details('off', 'none')).toMatchObject({ value: 'none', reason: 'DISABLED' });
    expect(ann.details('button', 'none')).toMatchObject({
      value: 'A',
      variant: 'a',
      reason: 'SPLIT',
    });
    const joe = await client.load({ targetingKey: 'joe' });
    expect(joe.get('color', 'none')).toBe('for joe');
    expect(emulator.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array(2).fill('POST /api/v1/identities/'),
    );
    expect(client.status()).toMatchObject({ origin: 'source', remote: { requests: 2, failed: 0 } });
  });

  it('is asked for with the client-side key, and the whole request is as documented', async () => {
    const { emulator, client } = await asked();
    await client.load({ targetingKey: 'ann', plan: 'pro', traits: { plan: 'free', age: 7 } });
    const [request] = emulator.requestsTo('identities');
    expect(request?.headers).toMatchObject({
      'x-environment-key': emulator.clientKey,
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^halyard\//),
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      identifier: 'ann',
      traits: [
        { trait_key: 'plan', trait_value: 'free' },
        { trait_key: 'age', trait_value: 7 },
      ],
    });
  });

  it('is sent without traits where it has none', async () => {
    const { emulator, client } = await asked();
    await client.load({ targetingKey: 'ann', nothing: undefined });
    const [request] = emulator.requestsTo('identities');
    expect(request?.body).toBe('{"identifier":"ann","traits":[]}');
  });

  it('is stored with its traits, which count at the next visit too', async () => {
    const { emulator, client } = await asked();
    await client.load({ targetingKey: 'ann', plan: 'pro' });
    expect(emulator.identities.get('ann')).toEqual({ plan: 'pro' });
    const later = await client.load({ targetingKey: 'ann' });
    expect(later.get('color', 'none')).toBe('for pro');
  });

  it('loses a stored trait that is null', async () => {
    const { emulator, client } = await asked();
    await client.load({ targetingKey: 'ann', plan: 'pro', beta: true });
    const later = await client.load({ targetingKey: 'ann', plan: null });
    expect(emulator.identities.get('ann')).toEqual({ beta: true });
    expect(later.get('color', 'none')).toBe('default');
    expect(later.get('size', 'none')).toBe('for beta');
  });

  it('keeps transient traits to this evaluation', async () => {
    const { emulator, client } = await asked();
    const plan = { value: 'pro', transient: true };
    const ann = await client.load({ targetingKey: 'ann', plan, beta: { value: true } });
    expect(ann.get('color', 'none')).toBe('for pro');
    expect(emulator.identities.get('ann')).toEqual({ beta: true });
    const later = await client.load({ targetingKey: 'ann' });
    expect(later.get('color', 'none')).toBe('default');
  });

  it('is not stored at all where it is transient', async () => {
    const { emulator, client } = await asked({ transient: ({ isGuest }) => isGuest === true });
    const guest = await client.load({ targetingKey: 'guest', plan: 'pro', isGuest: true });
    expect(guest.get('color', 'none')).toBe('for pro');
    await client.load({ targetingKey: 'ann', plan: 'pro', isGuest: false });
    expect([...emulator.identities.keys()]).toEqual(['ann']);
    const sent = emulator.requestsTo('identities').map(({ body }) => JSON.parse(body).transient);
    expect(sent).toEqual([true, undefined]);
  });
});

describe('visitors in numbers', () => {
  it('are kept apart, and are no reason for a warning', async () => {
    const warnings: Error[] = [];
    const heed = (warning: Error) => warnings.push(warning);
    process.on('warning', heed);
    try {
      const { client } = await asked();
      const plans = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 'pro' : 'free'));
      const colors = await Promise.all(
        plans.map(async (plan, i) => {
          const visitor = await client.load({ targetingKey: `visitor-${i}`, plan });
          return visitor.get('color', 'none');
        }),
      );
      expect(colors).toEqual(plans.map((plan) => (plan === 'pro' ? 'for pro' : 'default')));
      expect(warnings).toEqual([]);
    } finally {
      process.off('warning', heed);
    }
  });
});

describe('nobody in particular', () => {
  it.each([{}, { plan: 'pro' }, { targetingKey: '' }])(
    "has the environment's flags: %j",
    async (context) => {
      const { emulator, client } = await asked();
      const flags = await client.load(context);
      expect(flags.details('color', 'none')).toMatchObject({ value: 'default', reason: 'STATIC' });
      expect(emulator.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'GET /api/v1/flags/',
      ]);
      expect(emulator.identities.size).toBe(0);
    },
  );
});
