import { garbage, type Reply } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { ANN, emulation, given, local, next, queryOf } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const red = { flags: [given('color', 'red')] };
const blue = { flags: [given('color', 'blue')] };

describe('definitions', () => {
  it('are evaluated here, without another request', async () => {
    const emulator = await serve(red);
    const client = connect(local(emulator));
    expect(await client.ready()).toMatchObject({ state: 'ready', origin: 'source', flagCount: 1 });
    expect(client.resolve('color', 'none', ANN)).toMatchObject({ value: 'red', variant: 'on' });
    expect(emulator.requests).toHaveLength(1);
  });

  it('are asked for with the token and a trace of its own, or with the service account', async () => {
    const emulator = await serve(red);
    const { token, serviceAccount } = emulator;
    const client = connect(local(emulator));
    await client.ready();
    await client.refresh();
    await connect(local(emulator, { serviceAccount })).ready();
    const requests = emulator.requestsTo('definitions');
    expect(requests.map((request) => queryOf(request).project_id)).toEqual([
      ...[undefined, undefined, serviceAccount.projectId],
    ]);
    for (const request of requests) {
      expect(queryOf(request)).toMatchObject({ token, mp_lib: 'halyard' });
      expect(queryOf(request)).toHaveProperty('$lib_version');
    }
    const traces = new Set(requests.map(({ headers }) => headers.traceparent));
    expect(traces.size).toBe(3);
    for (const trace of traces) expect(trace).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  });

  it('are looked at again and again', async () => {
    const emulator = await serve(red);
    const client = connect(local(emulator), { refresh: { interval: 20 } });
    await client.ready();
    const changed = next(client, 'configurationChanged');
    emulator.publish(blue);
    expect((await changed).flagsChanged).toEqual(['color']);
    expect(client.resolve('color', 'none', ANN).value).toBe('blue');
  });

  it('that are the same as before are no change', async () => {
    const emulator = await serve(red);
    const client = connect(local(emulator));
    await client.ready();
    const { version } = client.status();
    expect(await client.refresh()).toMatchObject({
      version,
      refreshes: { changed: 1, unchanged: 1, failed: 0 },
    });
  });

  it('are fetched once by all who wait for the first ones', async () => {
    const emulator = await serve(red);
    const client = connect(local(emulator));
    await Promise.all([client.ready(), client.refresh(), client.load(ANN), client.refresh()]);
    expect(emulator.requestsTo('definitions')).toHaveLength(1);
  });
});

const TROUBLE: readonly (readonly [string, Reply])[] = [
  ['a reset connection', { fault: 'reset' }],
  ['an answer that is not HTTP', { fault: 'garble' }],
  ['an answer that breaks off', { fault: 'truncate' }],
  ['an answer that is not JSON', { body: garbage(200) }],
  ['an empty answer', { body: '' }],
  ['an answer without flags', { body: { code: 200 } }],
  ['flags that are no list', { body: { flags: { color: 'blue' } } }],
  ['a page for people', { body: '<html>Maintenance</html>' }],
  ['a failure of the server', { status: 500 }],
  ['too many requests', { status: 429, headers: { 'retry-after': '3600' } }],
  ['credentials that are refused', { status: 401 }],
];

describe('a refresh that fails', () => {
  it.each(TROUBLE)(
    'by %s keeps the definitions, and the next one may succeed',
    async (_how, fault) => {
      const emulator = await serve(red);
      const client = connect(local(emulator));
      await client.ready();
      emulator.publish(blue);
      emulator.fail('definitions', fault);
      expect(await client.refresh()).toMatchObject({ state: 'ready', refreshes: { failed: 1 } });
      expect(client.status().lastError).toBeDefined();
      expect(client.resolve('color', 'none', ANN).value).toBe('red');
      emulator.fail('definitions', undefined);
      expect((await client.refresh()).lastError).toBeUndefined();
      expect(client.resolve('color', 'none', ANN).value).toBe('blue');
    },
  );

  it.each(TROUBLE)('at the beginning, by %s, does not end the trying', async (_how, fault) => {
    const emulator = await serve(red);
    emulator.fail('definitions', fault, 1);
    const client = connect(local(emulator));
    expect((await client.refresh()).state).toBe('error');
    expect(client.resolve('color', 'none', ANN)).toMatchObject({
      value: 'none',
      reason: 'ERROR',
      errorCode: 'PROVIDER_NOT_READY',
    });
    expect((await client.refresh()).state).toBe('ready');
    expect(client.resolve('color', 'none', ANN).value).toBe('red');
  });

  it('leaves the offline definitions in use until there is an answer', async () => {
    const emulator = await serve(red);
    emulator.fail('definitions', { status: 503 }, 1);
    const offline = { flags: [given('color', 'grey')] };
    const client = connect(local(emulator, { offline }));
    expect(await client.ready()).toMatchObject({ state: 'error', origin: 'fallback' });
    expect(client.resolve('color', 'none', ANN).value).toBe('grey');
    expect(await client.refresh()).toMatchObject({ state: 'ready', origin: 'source' });
    expect(client.resolve('color', 'none', ANN).value).toBe('red');
  });
});
