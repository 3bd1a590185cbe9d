import { fakeClock, garbage, type Reply } from '@halyard/testing';
import { describe, expect, it, vi } from 'vitest';
import { environment, feature } from '../fixtures/build.ts';
import { emulation, local, NEVER } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const documentOf = (color: string) =>
  environment({ features: [feature('color', { enabled: true, feature_state_value: color })] });
const STALE_AFTER = 60_000;

/** A client with red definitions, whose API has moved on to blue and is in trouble. */
async function inTrouble(fault: Reply) {
  const clock = fakeClock(Date.now());
  const emulator = await serve(documentOf('red'));
  const client = connect(local(emulator), {
    clock: clock.now,
    refresh: { interval: NEVER, staleAfter: STALE_AFTER },
  });
  await client.ready();
  emulator.publish(documentOf('blue'));
  emulator.fail('environment-document', fault);
  return { clock, emulator, client, read: () => client.resolve('color', 'none') };
}

const PASSING: readonly (readonly [string, Reply])[] = [
  ['a reset connection', { fault: 'reset' }],
  ['an answer that is not HTTP', { fault: 'garble' }],
  ['an answer that breaks off', { fault: 'truncate' }],
  ['an answer that is not JSON', { body: garbage(200) }],
  ['an empty answer', { body: '' }],
  ['an empty object', { body: {} }],
  [
    'a page for people',
    { body: '<html>Maintenance</html>', headers: { 'content-type': 'text/html' } },
  ],
  [
    'an encoding nobody asked for',
    { body: documentOf('blue'), headers: { 'content-encoding': 'zstd' } },
  ],
  ['a failure of the server', { status: 500 }],
  ['a gateway without a server', { status: 502, body: '<html>' }],
  ['too many requests', { status: 429, headers: { 'retry-after': '3600' } }],
  ['a payment that is due', { status: 402 }],
  ['a redirect to nowhere', { status: 302, headers: { location: 'http://' } }],
];

describe('definitions whose refresh fails', () => {
  it.each(PASSING)('by %s stay in use, become stale, and recover', async (_what, fault) => {
    const { clock, emulator, client, read } = await inTrouble(fault);
    expect(await client.refresh()).toMatchObject({ state: 'ready', refreshes: { failed: 1 } });
    expect(read()).toMatchObject({ value: 'red', reason: 'STATIC' });

    clock.advance(STALE_AFTER);
    expect(await client.refresh()).toMatchObject({ state: 'stale', refreshes: { failed: 2 } });
    const { value, reason, flagMetadata } = read();
    expect({ value, reason }).toEqual({ value: 'red', reason: 'STALE' });
    expect(flagMetadata).toMatchObject({
      'halyard.reason': 'STATIC',
      'halyard.ageMs': STALE_AFTER,
      'flagsmith.reason': 'DEFAULT',
    });

    emulator.fail('environment-document', undefined);
    expect(await client.refresh()).toMatchObject({
      state: 'ready',
      ageMs: 0,
      lastError: undefined,
    });
    expect(read()).toMatchObject({ value: 'blue', reason: 'STATIC' });
  });

  it('recover after however many failures, each of another kind', async () => {
    const { emulator, client, read } = await inTrouble({});
    const failures = Array.from({ length: 4 }, () => PASSING.map(([, fault]) => fault)).flat();
    emulator.fail('environment-document', failures);
    for (const _ of failures) await client.refresh();
    expect(client.status().refreshes).toEqual({
      changed: 1,
      unchanged: 0,
      failed: failures.length,
    });
    await client.refresh();
    expect(read().value).toBe('blue');
  });

  it('are not stale any more once they are confirmed unchanged', async () => {
    const { clock, emulator, client, read } = await inTrouble({ status: 503 });
    emulator.publish(documentOf('red'));
    emulator.fail('environment-document', undefined);
    await client.refresh();
    clock.advance(2 * STALE_AFTER);
    expect(read().reason).toBe('STALE');
    expect(await client.refresh()).toMatchObject({ state: 'ready', ageMs: 0 });
    expect(read().reason).toBe('STATIC');
  });
});

describe('an API that takes its time', () => {
  it.each<readonly [string, Reply]>([
    ['never answers', { fault: 'hang' }],
    ['stops in the middle', { fault: 'stall' }],
    ['answers too late', { delay: 11_000 }],
  ])('and %s is given up, and asked again', async (_what, fault) => {
    const { emulator, client, read } = await inTrouble(fault);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const refreshed = client.refresh();
    await emulator.received('environment-document', 2);
    vi.advanceTimersByTime(10_000);
    const { state, lastError } = await refreshed;
    expect(state).toBe('ready');
    expect(lastError).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(lastError?.message).toContain('10000 ms (`transport.timeout`)');
    expect(read().value).toBe('red');
    emulator.fail('environment-document', undefined);
    expect((await client.refresh()).lastError).toBeUndefined();
    expect(read().value).toBe('blue');
  });

  it('is waited for, while reads are answered from what there is', async () => {
    const { emulator, client, read } = await inTrouble({});
    let answer = () => {};
    const waited = new Promise<void>((resolve) => {
      answer = resolve;
    });
    emulator.fail('environment-document', async () => {
      await waited;
      return {};
    });
    const refreshed = client.refresh();
    await emulator.received('environment-document', 2);
    expect(read().value).toBe('red');
    answer();
    expect((await refreshed).lastError).toBeUndefined();
    expect(read().value).toBe('blue');
  });
});
