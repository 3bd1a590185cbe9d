import type { FlagClient } from '@halyard/server';
import type { Reply } from '@halyard/testing';
import { describe, expect, it, vi } from 'vitest';
import { environment, feature } from '../fixtures/build.ts';
import { emulation, eventually, local, NEVER, remote } from '../fixtures/emulated.ts';

const { serve, connect } = emulation();

const document = environment({
  features: [
    feature('color', { enabled: true, feature_state_value: 'red' }),
    feature('size', { enabled: true, feature_state_value: 7 }),
    feature('off'),
    { ...feature('odd'), enabled: 'yes' },
  ],
});

/** A client that counts. */
async function counting() {
  const emulator = await serve(document);
  const client = connect(local(emulator, { analytics: true }));
  await client.ready();
  return { emulator, client };
}

function read(client: FlagClient, key: string, times: number): void {
  const snapshot = client.snapshot({ targetingKey: 'ann' });
  for (let i = 0; i < times; i++) snapshot.get(key, 'none');
}

describe('reads', () => {
  it('are counted by flag, and arrive', async () => {
    const { emulator, client } = await counting();
    read(client, 'color', 3);
    read(client, 'size', 2);
    read(client, 'off', 1);
    read(client, 'odd', 1);
    client.resolve('color', 'none');
    expect(client.status().usage).toEqual({ counted: 8, sent: 0, pending: 8, lost: 0 });
    await client.flush();
    expect(emulator.analytics).toEqual({ color: 4, size: 2, off: 1, odd: 1 });
    expect(client.status().usage).toEqual({ counted: 8, sent: 8, pending: 0, lost: 0 });
    const [request] = emulator.requestsTo('analytics');
    expect(request?.headers).toMatchObject({
      'x-environment-key': emulator.serverKey,
      'content-type': 'application/json',
    });
  });

  it('of flags that do not exist, and those that nobody asked to count, are not counted', async () => {
    const { emulator, client } = await counting();
    read(client, 'unknown', 5);
    const snapshot = client.snapshot({ targetingKey: 'ann' });
    snapshot.get('color', 'none', { count: false });
    snapshot.resolve('color');
    snapshot.explain('color');
    snapshot.all();
    await client.flush();
    expect(client.status().usage).toMatchObject({ counted: 0 });
    expect(emulator.requestsTo('analytics')).toEqual([]);
  });

  it('of default flags are not counted: Flagsmith has none of these', async () => {
    const emulator = await serve(document);
    const defaultFlag = () => ({ enabled: true, value: 'grey' });
    const client = connect(local(emulator, { analytics: true, defaultFlag }));
    await client.ready();
    read(client, 'unknown', 2);
    read(client, 'color', 1);
    await client.flush();
    expect(client.status().usage).toMatchObject({ counted: 1, sent: 1 });
    expect(emulator.analytics).toEqual({ color: 1 });
  });

  it('of flags that Flagsmith evaluated are counted as well', async () => {
    const emulator = await serve(document);
    const client = connect(remote(emulator, { analytics: true }));
    const ann = await client.load({ targetingKey: 'ann' });
    ann.get('color', 'none');
    ann.get('unknown', 'none');
    await client.flush();
    expect(emulator.analytics).toEqual({ color: 1 });
  });

  it('arrive by themselves after ten seconds, and nothing is sent where there are none', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const emulator = await serve(document);
    const transport = { maxAttempts: 1, timeout: NEVER };
    const client = connect(local(emulator, { analytics: true }), { transport });
    await eventually(() => expect(client.status().state).toBe('ready'));
    vi.advanceTimersByTime(30_000);
    read(client, 'color', 1);
    vi.advanceTimersByTime(10_000);
    await eventually(() => expect(client.status().usage).toMatchObject({ sent: 1, pending: 0 }));
    expect(emulator.analytics).toEqual({ color: 1 });
    expect(emulator.requestsTo('analytics')).toHaveLength(1);
  });
});

describe('counts that cannot be delivered', () => {
  it.each<readonly [string, Reply]>([
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['429', { status: 429 }],
    ['a reset connection', { fault: 'reset' }],
    ['nonsense', { fault: 'garble' }],
  ])('because of %s go with the next ones, and none is lost', async (_what, fault) => {
    const { emulator, client } = await counting();
    emulator.fail('analytics', fault, 3);
    for (let counted = 2; counted <= 6; counted += 2) {
      read(client, 'color', 1);
      read(client, 'size', 1);
      await client.flush();
      expect(client.status().usage).toEqual({ counted, sent: 0, pending: counted, lost: 0 });
    }
    read(client, 'color', 1);
    await client.flush();
    expect(emulator.analytics).toEqual({ color: 4, size: 3 });
    expect(client.status().usage).toEqual({ counted: 7, sent: 7, pending: 0, lost: 0 });
  });

  it('because they were counted while others were sent are not lost with these', async () => {
    const { emulator, client } = await counting();
    emulator.fail(
      'analytics',
      () => {
        read(client, 'color', 2);
        return { status: 500 };
      },
      1,
    );
    read(client, 'color', 1);
    await client.flush();
    await client.flush();
    expect(emulator.analytics).toEqual({ color: 3 });
    expect(client.status().usage).toEqual({ counted: 3, sent: 3, pending: 0, lost: 0 });
  });

  it('since the API refuses them are lost, and said to be', async () => {
    const { emulator, client } = await counting();
    emulator.fail('analytics', { status: 403 }, 1);
    read(client, 'color', 2);
    await client.flush();
    expect(client.status().usage).toEqual({ counted: 2, sent: 0, pending: 0, lost: 2 });
    read(client, 'color', 1);
    await client.flush();
    expect(emulator.analytics).toEqual({ color: 1 });
    expect(client.status().usage).toEqual({ counted: 3, sent: 1, pending: 0, lost: 2 });
  });

  it('until the client closes are delivered then, or said to be lost', async () => {
    const { emulator, client } = await counting();
    read(client, 'color', 2);
    expect((await client.close()).usage).toEqual({ counted: 2, sent: 2, pending: 0, lost: 0 });
    expect(emulator.analytics).toEqual({ color: 2 });

    const other = connect(local(emulator, { analytics: true }));
    await other.ready();
    emulator.fail('analytics', { status: 500 });
    read(other, 'color', 2);
    expect((await other.close()).usage).toEqual({ counted: 2, sent: 0, pending: 0, lost: 2 });
  });
});
