import { fakeClock } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import {
  all,
  condition,
  environment,
  feature,
  option,
  override,
  segment,
} from '../fixtures/build.ts';
import { emulation, local, remote } from '../fixtures/emulated.ts';
import { byEngine } from '../fixtures/remote-answers.ts';

const { serve, connect } = emulation();

const NOW = Date.UTC(2026, 5, 7, 8, 9, 10, 11);
const clock = fakeClock(NOW).now;
const variants = { multivariate_feature_state_values: [option('Blue', 100)] };
const inExperiment = (in_experiment: boolean) => ({
  metadata: { experiment: { id: 42, name: 'Buttons', in_experiment } },
});
const document = environment({
  features: [
    feature('button', { enabled: true, ...variants }),
    feature('layout', { enabled: true, multivariate_feature_state_values: [option('B', 0)] }),
    feature('plain', { enabled: true }),
    feature('off', variants),
    feature('tried', { enabled: true, ...variants, ...inExperiment(true) }),
    feature('untried', { enabled: true, ...variants, ...inExperiment(false) }),
  ],
  segments: [segment(1, [all(condition('plan', 'EQUAL', 'pro'))], [override('button', 'for pro')])],
});

/** A client that sends events. */
async function sending() {
  const emulator = await serve(document);
  const client = connect(local(emulator, { events: true }), { clock });
  await client.ready();
  return { emulator, client };
}

describe('a visitor who is shown a variant', () => {
  it('is an event with every key, once', async () => {
    const { emulator, client } = await sending();
    const traits = { plan: { value: 'free', transient: true }, beta: true };
    const ann = { targetingKey: 'ann', age: 33, gone: null, nothing: undefined, traits };
    expect(client.snapshot(ann).get('button', 'none')).toBe('Blue');
    client.snapshot(ann).get('button', 'none');
    client.resolve('button', false, ann);
    await client.flush();
    expect(emulator.events).toEqual([
      {
        event: '$flag_exposure',
        feature_name: 'button',
        identifier: 'ann',
        value: 'blue',
        traits: { age: 33, gone: null, plan: 'free', beta: true },
        metadata: { sdk_version: expect.stringMatching(/^halyard\/\d/) },
        timestamp: NOW,
      },
    ]);
    expect(client.status().exposures).toMatchObject({
      recorded: 1,
      deduplicated: 2,
      delivered: 1,
      failed: 0,
    });
  });

  it('is sent where events go, with the headers they need', async () => {
    const { emulator, client } = await sending();
    client.resolve('button', 'none', { targetingKey: 'ann' });
    const [request] = await emulator.received('events', 1);
    expect(request).toMatchObject({
      method: 'POST',
      url: '/v1/events',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'x-environment-key': emulator.serverKey,
        'flagsmith-sdk-user-agent': expect.stringMatching(/^halyard\//),
      },
    });
  });

  it('has no traits where the context has none, and the control is a variant too', async () => {
    const { emulator, client } = await sending();
    client.resolve('layout', 'none', { targetingKey: 'ann' });
    const [event] = await emulator.eventsReceived(1);
    expect(event).toMatchObject({ feature_name: 'layout', value: 'control', traits: null });
  });

  it('is one event per visitor and flag, in as few requests as may be', async () => {
    const { emulator, client } = await sending();
    for (let i = 0; i < 300; i++) {
      const snapshot = client.snapshot({ targetingKey: `visitor-${i % 100}` });
      for (const key of ['button', 'layout']) snapshot.get(key, 'none');
    }
    await client.flush();
    const seen = emulator.events.map((event) => `${event.identifier} ${event.feature_name}`);
    expect(seen).toHaveLength(200);
    expect(new Set(seen).size).toBe(200);
    expect(emulator.requestsTo('events')).toHaveLength(1);
  });

  it('is another event once the variant is another', async () => {
    const { emulator, client } = await sending();
    client.resolve('button', 'none', { targetingKey: 'ann' });
    await client.flush();
    const red = feature('button', {
      enabled: true,
      multivariate_feature_state_values: [option('Red', 100)],
    });
    emulator.publish(environment({ features: [red] }));
    await client.refresh();
    client.resolve('button', 'none', { targetingKey: 'ann' });
    await client.flush();
    expect(emulator.events.map(({ value }) => value)).toEqual(['blue', 'red']);
  });

  it('is an event where Flagsmith evaluated, too', async () => {
    const emulator = await serve(document, { evaluate: byEngine });
    const client = connect(remote(emulator, { events: true }));
    const ann = await client.load({ targetingKey: 'ann' });
    ann.get('button', 'none');
    ann.get('plain', 'none');
    await client.flush();
    expect(emulator.events).toMatchObject([{ feature_name: 'button', value: 'blue' }]);
  });
});

describe('no event', () => {
  it.each([
    ['for a flag without variants', 'plain', { targetingKey: 'ann' }],
    ['where a segment overrides the variants', 'button', { targetingKey: 'ann', plan: 'pro' }],
    ['for a disabled flag', 'off', { targetingKey: 'ann' }],
    ['for a flag that does not exist', 'unknown', { targetingKey: 'ann' }],
    ['for nobody in particular', 'button', {}],
    ['for an empty identifier', 'button', { targetingKey: '' }],
    ['for whoever is not in the experiment', 'untried', { targetingKey: 'ann' }],
  ])('%s', async (_what, key, context) => {
    const { emulator, client } = await sending();
    client.resolve(key, 'none', context);
    client.resolve('layout', 'none', { targetingKey: 'the last one' });
    await client.flush();
    expect(emulator.events.map(({ identifier }) => identifier)).toEqual(['the last one']);
    expect(client.status().exposures).toMatchObject({ recorded: 1, delivered: 1, failed: 0 });
  });

  it('where none are asked for', async () => {
    const emulator = await serve(document);
    const client = connect(local(emulator));
    await client.ready();
    client.resolve('button', 'none', { targetingKey: 'ann' });
    await client.close();
    expect(emulator.requestsTo('events')).toEqual([]);
  });
});

describe('an event of an experiment', () => {
  it('names it', async () => {
    const { emulator, client } = await sending();
    client.resolve('tried', 'none', { targetingKey: 'ann' });
    const [event] = await emulator.eventsReceived(1);
    expect(event).toMatchObject({
      feature_name: 'tried',
      value: 'blue',
      metadata: { experiment_id: 42, sdk_version: expect.any(String) },
    });
  });

  it('is known where Flagsmith evaluated as well', async () => {
    const flagOf = (name: string, in_experiment: boolean) => ({
      feature: { id: 1, name },
      enabled: true,
      feature_state_value: 'Blue',
      variant: 'blue',
      metadata: { experiment: { id: 'e-7', name: 'Buttons', in_experiment } },
    });
    const evaluate = () => [flagOf('untried', false), flagOf('tried', true)];
    const emulator = await serve(document, { evaluate });
    const client = connect(remote(emulator, { events: true }));
    const ann = await client.load({ targetingKey: 'ann' });
    for (const key of ['untried', 'tried']) ann.get(key, 'none');
    await client.flush();
    expect(emulator.events).toMatchObject([
      { feature_name: 'tried', metadata: { experiment_id: 'e-7' } },
    ]);
  });
});
