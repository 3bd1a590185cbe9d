import { garbage, type Reply } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import {
  ANN,
  emulation,
  given,
  local,
  next,
  queryOf,
  remote,
  withheld,
} from '../fixtures/emulated.ts';
import { byDefinitions } from '../fixtures/remote-answers.ts';

const { serve, connect } = emulation();

const definitions = {
  flags: [
    given('color', 'red', { experiment_id: 'exp-1', is_experiment_active: true }),
    given('size', 7),
    given('banner', { title: 'Hello' }),
    given('checkout', true),
    withheld('gone'),
    given('by-device', true, { context: 'device_id' }),
  ],
};

/** An emulated API that evaluates, and a client that asks it. */
async function asked(options: Parameters<typeof remote>[1] = {}) {
  const emulator = await serve(definitions, { evaluate: byDefinitions });
  return { emulator, client: connect(remote(emulator, options)) };
}

describe('a visitor whom Mixpanel evaluates', () => {
  it('has all flags by one request, each as local evaluation would have it', async () => {
    const { emulator, client } = await asked();
    const here = connect(local(emulator));
    await here.ready();
    const ann = await client.load(ANN);
    const all = ann.all();
    expect([...all.keys()]).toEqual(['color', 'size', 'banner', 'checkout']);
    for (const [key, { flagMetadata, ...resolution }] of all) {
      const { flagMetadata: known, ...expected } = here.snapshot(ANN).resolve(key);
      expect(resolution).toEqual(expected);
      expect(flagMetadata).toMatchObject({ ...known, variant_source: 'remote' });
      expect(flagMetadata?.['mixpanel.latencyMs']).toBeGreaterThanOrEqual(0);
    }
    expect(emulator.requestsTo('flags')).toHaveLength(1);
    expect(client.status()).toMatchObject({ origin: 'source', remote: { requests: 1, failed: 0 } });
  });

  it('is told of as the context is', async () => {
    const { emulator, client } = await asked();
    const context = { ...ANN, device_id: 'phone', custom_properties: { plan: 'pro' } };
    expect((await client.load(context)).get('by-device', false)).toBe(true);
    const [request] = emulator.requestsTo('flags');
    const { context: written = '', ...query } = queryOf(request ?? { url: '' });
    expect(JSON.parse(written)).toEqual(context);
    expect(query).toEqual({
      mp_lib: 'halyard',
      $lib_version: expect.any(String),
      token: emulator.token,
    });
    expect(request?.headers.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  });

  it('is asked about one flag, or all of several together', async () => {
    const { emulator, client } = await asked();
    const one = await client.load(ANN, { keys: ['color'] });
    expect([one.get('color', 'none'), [...one.all().keys()]]).toEqual(['red', ['color']]);
    const two = await client.load(ANN, { keys: ['size', 'gone'] });
    expect(two.get('size', 0)).toBe(7);
    expect(two.details('gone', false).errorCode).toBe('FLAG_NOT_FOUND');
    expect(emulator.requestsTo('flags').map((request) => queryOf(request).flag_key)).toEqual([
      ...['color', undefined],
    ]);
  });

  it('has no flag that the answer does not have', async () => {
    const { client } = await asked();
    const ann = await client.load(ANN);
    for (const key of ['gone', 'unknown', 'constructor', '__proto__']) {
      expect(ann.details(key, 'mine'), key).toMatchObject({
        value: 'mine',
        reason: 'DEFAULT',
        errorCode: 'FLAG_NOT_FOUND',
        errorMessage: expect.stringContaining(key),
      });
    }
  });

  it('reads each type as what it is', async () => {
    const ann = await (await asked()).client.load(ANN);
    expect([ann.get('checkout', false), ann.get('color', ''), ann.get('size', 0)]).toEqual([
      ...[true, 'red', 7],
    ]);
    expect(ann.get('banner', {})).toEqual({ title: 'Hello' });
    expect(ann.details('size', false)).toMatchObject({ value: false, errorCode: 'TYPE_MISMATCH' });
  });

  it('can be somebody whose id is a number', async () => {
    const { client } = await asked();
    expect((await client.load({ distinct_id: 7 })).get('color', 'none')).toBe('red');
  });

  it.each([[{}], [{ targetingKey: 'ann' }], [{ distinct_id: '' }], [{ distinct_id: null }]])(
    'has to be somebody: %j is nobody, and Mixpanel is not asked',
    async (context) => {
      const { emulator, client } = await asked();
      expect((await client.load(context)).details('color', 'none')).toMatchObject({
        value: 'none',
        reason: 'ERROR',
        errorCode: 'TARGETING_KEY_MISSING',
        errorMessage: expect.stringContaining('distinct_id'),
      });
      expect(emulator.requests).toEqual([]);
    },
  );
});

const FAULTS: readonly (readonly [string, Reply, string])[] = [
  ['a refusal', { status: 400, body: 'no such project' }, 'was answered 400: no such project'],
  ['a failure of the server', { status: 500, body: 'out of order' }, 'out of order'],
  ['a reset connection', { fault: 'reset' }, 'failed:'],
  ['an answer that breaks off', { fault: 'truncate' }, 'failed:'],
  ['an answer that is not JSON', { body: garbage(100) }, 'not understood'],
  ['an answer without flags', { body: { code: 200 } }, 'not understood'],
];

describe('remote evaluation that fails', () => {
  it.each(FAULTS)(
    'by %s gives defaults that say why, exposes nothing, and recovers',
    async (_how, fault, words) => {
      const { emulator, client } = await asked();
      emulator.fail('flags', fault);
      const ann = await client.load(ANN);
      const failed = ann.details('color', 'none');
      expect(failed).toMatchObject({ value: 'none', reason: 'ERROR', errorCode: 'GENERAL' });
      expect(failed.errorMessage).toContain(words);
      expect(failed.errorMessage).not.toContain(emulator.token);
      expect(ann.all().size).toBe(0);
      await client.flush();
      expect(client.status()).toMatchObject({ state: 'error', exposures: { recorded: 0 } });
      const ready = next(client, 'ready');
      emulator.fail('flags', undefined);
      expect((await client.load(ANN)).get('color', 'none')).toBe('red');
      expect(await ready).toMatchObject({ state: 'ready', remote: { requests: 2, failed: 1 } });
    },
  );

  it('for one flag of an answer leaves the others alone', async () => {
    const { emulator, client } = await asked();
    const on = { variant_key: 'on', variant_value: 'red' };
    emulator.fail('flags', { body: { code: 200, flags: { odd: { variant_key: 7 }, color: on } } });
    const ann = await client.load(ANN);
    expect(ann.get('color', 'none')).toBe('red');
    expect(ann.details('odd', 'none')).toMatchObject({ value: 'none', errorCode: 'PARSE_ERROR' });
  });

  it('is not waited for longer than the deadline', async () => {
    const { emulator, client } = await asked();
    emulator.fail('flags', { fault: 'hang' });
    const ann = await client.load(ANN, { deadline: 50 });
    expect(ann.details('color', 'none').errorMessage).toContain('not answered within 50 ms');
  });

  it('falls back to the offline definitions, which are evaluated here', async () => {
    const offline = { flags: [given('color', 'grey')] };
    const { emulator, client } = await asked({ offline });
    emulator.fail('flags', { status: 503 });
    const ann = await client.load(ANN);
    expect(ann.details('color', 'none')).toMatchObject({ value: 'grey', variant: 'on' });
    expect(client.status()).toMatchObject({ state: 'error', origin: 'fallback' });
    await client.flush();
    expect(emulator.exposures).toMatchObject([
      { properties: { 'Experiment name': 'color', 'Flag evaluation mode': 'local' } },
    ]);
  });
});
