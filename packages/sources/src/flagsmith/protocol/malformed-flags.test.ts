import { describe, expect, it } from 'vitest';
import {
  all,
  condition,
  environment,
  feature,
  identity,
  override,
  segment,
} from '../fixtures/build.ts';
import { emulation, local, next } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const pro = [all(condition('plan', 'EQUAL', 'pro'))];
const visitor = { targetingKey: 'ann', plan: 'pro' };
const good = [
  feature('color', { enabled: true, feature_state_value: 'red' }),
  feature('size', { enabled: true, feature_state_value: 7 }),
];
const sound = environment({ features: good, segments: [segment(1, pro, [override('size', '9')])] });
/** Something is wrong with everything but the good ones. */
const mixed = environment({
  features: [
    ...good,
    { ...feature('switch'), enabled: 'yes' },
    { enabled: true },
    feature('by-segment'),
    feature('by-identity'),
  ],
  segments: [
    segment(1, pro, [override('size', '9')]),
    segment(2, pro, [{ ...override('by-segment', 'x'), feature_state_value: { a: 1 } }]),
  ],
  identities: [
    identity('ann', [{ ...override('by-identity', 'x'), enabled: 1 }]),
    { identifier: 5, identity_features: [] },
  ],
});

describe('malformed flags among good ones', () => {
  it('leave the good ones alone', async () => {
    const emulator = await serve(mixed);
    const client = connect(local(emulator));
    expect((await client.ready()).state).toBe('ready');
    const snapshot = client.snapshot(visitor);
    expect([snapshot.get('color', 'none'), snapshot.get('size', 'none')]).toEqual(['red', '9']);
    expect(snapshot.all().get('color')).toMatchObject({ value: 'red' });
  });

  it.each(['switch', 'by-segment', 'by-identity'])('give the default for %s', async (key) => {
    const emulator = await serve(mixed);
    const client = connect(local(emulator));
    await client.ready();
    const details = client.resolve(key, 'none', visitor);
    expect(details).toMatchObject({ value: 'none', reason: 'ERROR', errorCode: 'PARSE_ERROR' });
    expect(client.resolve(key, true, visitor).value).toBe(true);
  });

  it('are reported by their place in the document', async () => {
    const emulator = await serve(mixed);
    const log: string[] = [];
    const client = connect(local(emulator), { logger: { warn: (line) => log.push(line) } });
    await client.ready();
    client.snapshot(visitor).all();
    const { diagnostics } = client.status();
    expect(Object.fromEntries(diagnostics.map(({ path, flagKey }) => [path, flagKey]))).toEqual({
      'feature_states[2].enabled': 'switch',
      'feature_states[3]': undefined,
      'project.segments[1].feature_states[0].feature_state_value': 'by-segment',
      'identity_overrides[0].identity_features[0].enabled': 'by-identity',
      'identity_overrides[1]': undefined,
    });
    await client.refresh();
    expect(log.join('\n')).toContain('feature_states[2].enabled');
  });

  it('come and go with the document', async () => {
    const emulator = await serve(sound);
    const client = connect(local(emulator));
    await client.ready();
    expect(client.status().diagnostics).toEqual([]);
    const changed = next(client, 'configurationChanged');
    emulator.publish(mixed);
    await client.refresh();
    expect((await changed).diagnostics.map(({ path }) => path)).toContain('feature_states[3]');
    emulator.publish(sound);
    await client.refresh();
    client.snapshot(visitor).all();
    expect(client.status().diagnostics).toEqual([]);
  });
});
