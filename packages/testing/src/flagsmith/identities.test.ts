import { describe, expect, it } from 'vitest';
import type { FlagsmithEmulator, FlagsmithEvaluation } from '../index.ts';
import { ask, emulators, post, shop } from './fixtures/shop.ts';

const start = emulators();

async function identify(emulator: FlagsmithEmulator, body: unknown) {
  const response = await post(emulator, 'identities/', body);
  return { status: response.status, body: await response.json() };
}

const trait = (trait_key: string, trait_value: unknown, more = {}) => ({
  trait_key,
  trait_value,
  ...more,
});

/** One flag whose value is who it was evaluated for. */
const mirror: FlagsmithEvaluation = (_document, identity) => [
  { feature: { id: 1, name: 'mirror' }, enabled: true, feature_state_value: identity },
];

describe('identifying', () => {
  it('answers the flags of the environment when nothing evaluates', async () => {
    const { status, body } = await identify(await start(), { identifier: 'a', traits: [] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ identifier: 'a', traits: [] });
    expect(body.flags.map(({ feature }: { feature: unknown }) => feature)).toEqual(
      shop().feature_states.map(({ feature }) => feature),
    );
  });

  it('evaluates for the identity and its traits', async () => {
    const emulator = await start({ evaluate: mirror });
    const traits = [trait('plan', 'pro'), trait('age', 4.5), trait('beta', false)];
    const { body } = await identify(emulator, { identifier: 'a', traits });
    expect(body.traits).toEqual(traits);
    expect(body.flags[0].feature_state_value).toEqual({
      identifier: 'a',
      traits: { plan: 'pro', age: 4.5, beta: false },
    });
  });

  it('evaluates for the identity that a query names', async () => {
    const emulator = await start({ evaluate: mirror });
    await identify(emulator, { identifier: 'a b', traits: [trait('plan', 'pro')] });
    const read = async (query: string) =>
      (await (await ask(emulator, `identities/?${query}`)).json()).flags[0].feature_state_value;
    expect(await read('identifier=a%20b')).toEqual({ identifier: 'a b', traits: { plan: 'pro' } });
    expect(await read('identifier=b&transient=true')).toEqual({ identifier: 'b', traits: {} });
    expect([...emulator.identities.keys()]).toEqual(['a b']);
  });
});

describe('storing', () => {
  it('keeps the traits of earlier requests, and lets null delete one', async () => {
    const emulator = await start({ evaluate: mirror });
    await identify(emulator, { identifier: 'a', traits: [trait('x', 1), trait('y', 2)] });
    await identify(emulator, { identifier: 'b', traits: [] });
    const { body } = await identify(emulator, {
      identifier: 'a',
      traits: [trait('x', null), trait('z', 3)],
    });
    expect(body.traits).toEqual([trait('y', 2), trait('z', 3)]);
    expect(Object.fromEntries(emulator.identities)).toEqual({ a: { y: 2, z: 3 }, b: {} });
  });

  it('does not store a transient trait, but evaluates with it', async () => {
    const emulator = await start({ evaluate: mirror });
    const traits = [trait('x', 1), trait('y', 2, { transient: true })];
    const { body } = await identify(emulator, { identifier: 'a', traits });
    expect(body.flags[0].feature_state_value.traits).toEqual({ x: 1, y: 2 });
    expect(emulator.identities.get('a')).toEqual({ x: 1 });
  });

  it('neither stores a transient identity nor looks at what is stored', async () => {
    const emulator = await start();
    await identify(emulator, { identifier: 'a', traits: [trait('x', 1)] });
    const { body } = await identify(emulator, {
      identifier: 'a',
      traits: [trait('y', 2)],
      transient: true,
    });
    expect(body.traits).toEqual([trait('y', 2)]);
    expect(emulator.identities.get('a')).toEqual({ x: 1 });
  });

  it.each(['__proto__', 'constructor'])('takes %s for an identifier and a trait', async (name) => {
    const emulator = await start({ evaluate: mirror });
    const { body } = await identify(emulator, { identifier: name, traits: [trait(name, 'v')] });
    expect(body.traits).toEqual([trait(name, 'v')]);
    expect(Object.entries(emulator.identities.get(name) ?? {})).toEqual([[name, 'v']]);
  });

  it('forgets the traits that came first when there are too many', async () => {
    const emulator = await start();
    const traits = Array.from({ length: 1_001 }, (_, i) => trait(`t${i}`, i));
    const { body } = await identify(emulator, { identifier: 'a', traits });
    expect(body.traits).toHaveLength(1_000);
    expect(emulator.identities.get('a')).not.toHaveProperty('t0');
  });
});

describe('what is refused', () => {
  it.each([
    ['{', 'JSON parse error.'],
    [[], 'Invalid data. Expected a JSON object.'],
    [{ traits: [] }, 'identifier: This field is required.'],
    [{ identifier: '', traits: [] }, 'identifier: This field is required.'],
    [{ identifier: 7, traits: [] }, 'identifier: This field is required.'],
    [{ identifier: 'a', traits: {} }, 'traits: Expected a list of items.'],
    [{ identifier: 'a', traits: ['x'] }, 'traits[0]: Expected an object.'],
    [{ identifier: 'a', traits: [trait('', 1)] }, 'traits[0].trait_key: This field is required.'],
    [{ identifier: 'a', traits: [{ trait_key: 'x' }] }, 'traits[0].trait_value: Not a boolean'],
    [{ identifier: 'a', traits: [trait('x', {})] }, 'traits[0].trait_value: Not a boolean'],
    [
      { identifier: 'a', traits: [trait('x', 'x'.repeat(2_001))] },
      'traits[0].trait_value: Not a boolean',
    ],
    [
      { identifier: 'a', traits: [trait('x', 1, { transient: 1 })] },
      'traits[0].transient: Must be a valid boolean.',
    ],
    [{ identifier: 'a', traits: [], transient: 'yes' }, 'transient: Must be a valid boolean.'],
  ])('%j', async (sent, detail) => {
    const emulator = await start();
    const { status, body } = await identify(emulator, sent);
    expect(status).toBe(400);
    expect(body).toEqual({ detail: expect.stringContaining(detail) });
    expect(emulator.identities.size).toBe(0);
  });

  it('a query without an identifier', async () => {
    expect((await ask(await start(), 'identities/')).status).toBe(400);
  });

  it('a body that does not say it is JSON', async () => {
    const body = JSON.stringify({ identifier: 'a', traits: [] });
    const response = await ask(await start(), 'identities/', { method: 'POST', body });
    expect(response.status).toBe(415);
  });
});
