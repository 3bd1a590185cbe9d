import { fakeClock } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { ANN, emulation, given, local, queryOf, remote, withheld } from '../fixtures/emulated.ts';
import { byDefinitions } from '../fixtures/remote-answers.ts';

const { serve, connect } = emulation();

const NOW = Date.UTC(2026, 5, 7, 8, 9, 10, 11);
const clock = fakeClock(NOW).now;
const definitions = {
  flags: [
    given('button', 'blue', { experiment_id: 'exp-1', is_experiment_active: true }),
    given('size', 7),
    given('device', true, { context: 'device_id' }),
    withheld('gone'),
  ],
};

/** The two ways events go, and whether they go with a service account. */
const WAYS = [
  ['track', false],
  ['import', true],
] as const;

/** A client that sends exposures by one of the ways. */
async function sending(withAccount: boolean) {
  const emulator = await serve(definitions, { clock });
  const { serviceAccount } = emulator;
  const client = connect(local(emulator, withAccount ? { serviceAccount } : {}), { clock });
  await client.ready();
  return { emulator, client };
}

describe.each(WAYS)('by %s, a visitor who is shown a variant', (route, withAccount) => {
  it('is an event with every property, once', async () => {
    const { emulator, client } = await sending(withAccount);
    const ann = client.snapshot(ANN);
    for (let i = 0; i < 3; i++) ann.get('button', 'none');
    client.resolve('button', 'none', ANN);
    await client.flush();
    expect(emulator.exposures).toEqual([
      {
        event: '$experiment_started',
        properties: {
          token: emulator.token,
          time: route === 'track' ? NOW / 1000 : NOW,
          distinct_id: 'd-ann',
          $insert_id: expect.stringMatching(/^[\da-f]{32}$/),
          mp_lib: 'halyard',
          $lib_version: expect.any(String),
          'Experiment name': 'button',
          'Variant name': 'on',
          $experiment_type: 'feature_flag',
          'Flag evaluation mode': 'local',
          $experiment_id: 'exp-1',
          $is_experiment_active: true,
          $is_qa_tester: false,
        },
      },
    ]);
    expect(emulator.requestsTo(route)).toHaveLength(1);
    expect(client.status().exposures).toMatchObject({
      recorded: 1,
      deduplicated: 3,
      delivered: 1,
      failed: 0,
    });
  });

  it('is whom Mixpanel goes by, not the targeting key', async () => {
    const { emulator, client } = await sending(withAccount);
    client.resolve('button', 'none', { targetingKey: 'a', distinct_id: 'one' });
    client.resolve('button', 'none', { targetingKey: 'b', distinct_id: 'one' });
    client.resolve('button', 'none', { targetingKey: 'a', distinct_id: 'two' });
    client.resolve('button', 'none', { distinct_id: 3 });
    await client.flush();
    const seen = emulator.exposures.map(({ properties }) => properties.distinct_id);
    expect(seen).toEqual(['one', 'two', '3']);
    expect(client.status().exposures).toMatchObject({ recorded: 3, deduplicated: 1 });
  });

  it('is nobody without a distinct id, which is counted', async () => {
    const { emulator, client } = await sending(withAccount);
    const contexts = [
      { targetingKey: 'a', device_id: 'd' },
      { device_id: 'd', distinct_id: 0 },
    ];
    for (const context of contexts)
      expect(client.resolve('device', false, context).value).toBe(true);
    client.resolve('device', false, { device_id: 'd', distinct_id: 'one' });
    await client.flush();
    expect(emulator.exposures).toMatchObject([{ properties: { distinct_id: 'one' } }]);
    expect(client.status().exposures).toMatchObject({ ignored: 1, delivered: 1, failed: 0 });
  });

  it('and nobody else is an event', async () => {
    const { emulator, client } = await sending(withAccount);
    client.resolve('gone', false, ANN);
    client.resolve('unknown', false, ANN);
    client.resolve('button', 'none', { targetingKey: 'ann' });
    client.resolve('size', 'not a number', ANN);
    client.snapshot(ANN).all();
    client.snapshot(ANN).get('button', 'none', { expose: false });
    await client.flush();
    expect(emulator.requestsTo(route)).toEqual([]);
    expect(client.status().exposures).toMatchObject({ recorded: 0, ignored: 0 });
  });
});

describe('exposures', () => {
  it.each([
    ['track', false, 120, [50, 50, 20]],
    ['import', true, 2100, [2000, 100]],
  ] as const)(
    'go by %s as many at a time as it takes',
    async (route, withAccount, count, sizes) => {
      const { emulator, client } = await sending(withAccount);
      for (let i = 0; i < count; i++) client.resolve('button', '', { distinct_id: `visitor-${i}` });
      await client.flush({ deadline: 10_000 });
      const sent = emulator
        .requestsTo(route)
        .map(({ body }) => (route === 'track' ? new URLSearchParams(body).get('data') : body));
      expect(sent.map((batch) => JSON.parse(batch ?? '').length)).toEqual(sizes);
      expect(emulator.exposures).toHaveLength(count);
      expect(client.status().exposures).toMatchObject({ delivered: count, failed: 0 });
    },
  );

  it('are imported compressed and checked, for the project', async () => {
    const { emulator, client } = await sending(true);
    client.resolve('button', '', ANN);
    const [request] = await emulator.received('import', 1);
    expect(queryOf(request ?? { url: '' })).toEqual({
      strict: '1',
      project_id: emulator.serviceAccount.projectId,
    });
    expect(request?.headers).toMatchObject({ 'content-encoding': 'gzip' });
  });

  it('of a flag that Mixpanel evaluated say how long that took', async () => {
    const emulator = await serve(definitions, { evaluate: byDefinitions });
    const client = connect(remote(emulator));
    const ann = await client.load(ANN);
    ann.get('button', 'none');
    ann.get('gone', 'none');
    await client.flush();
    expect(emulator.exposures).toHaveLength(1);
    const properties = emulator.exposures[0]?.properties ?? {};
    expect(properties).toMatchObject({
      'Experiment name': 'button',
      'Flag evaluation mode': 'remote',
      'Variant fetch latency (ms)': ann.resolve('button').flagMetadata?.['mixpanel.latencyMs'],
      $experiment_id: 'exp-1',
      $is_qa_tester: false,
    });
    expect(Number.isInteger(properties['Variant fetch latency (ms)'])).toBe(true);
  });

  it('are not sent where they are not wanted', async () => {
    const emulator = await serve(definitions);
    const client = connect(local(emulator, { sendExposures: false }));
    await client.ready();
    client.resolve('button', 'none', ANN);
    await client.close();
    expect([emulator.requestsTo('track'), emulator.requestsTo('import')]).toEqual([[], []]);
  });
});
