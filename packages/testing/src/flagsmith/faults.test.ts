import { describe, expect, it } from 'vitest';
import type { FlagsmithEmulator, Reply } from '../index.ts';
import { ask, emulators, post, shop } from './fixtures/shop.ts';

const start = emulators();

const status = async (emulator: FlagsmithEmulator, path = 'flags/') =>
  ask(emulator, path).then(
    (response) => response.status,
    () => 'failed',
  );

async function statuses(emulator: FlagsmithEmulator, count: number) {
  const all: unknown[] = [];
  while (all.length < count) all.push(await status(emulator));
  return all;
}

const event = {
  event: '$flag_exposure',
  feature_name: 'checkout',
  identifier: 'a',
  value: 'treatment',
  traits: null,
  metadata: {},
  timestamp: 1,
};

describe('how long a route fails', () => {
  it('until it is told otherwise, and no other route', async () => {
    const emulator = await start();
    emulator.fail('flags', { status: 503 });
    expect(await statuses(emulator, 3)).toEqual([503, 503, 503]);
    expect(await status(emulator, 'environment-document/')).toBe(200);
    emulator.fail('flags', undefined);
    expect(await status(emulator)).toBe(200);
  });

  it('so many times', async () => {
    const emulator = await start();
    emulator.fail('flags', { status: 503 }, 2);
    expect(await statuses(emulator, 4)).toEqual([503, 503, 200, 200]);
  });

  it('once with each reply of a list', async () => {
    const emulator = await start();
    emulator.fail('flags', [{ status: 500 }, { fault: 'reset' }, { fault: 'garble' }]);
    expect(await statuses(emulator, 4)).toEqual([500, 'failed', 'failed', 200]);
  });

  it('so many times with a list, whose last reply is repeated', async () => {
    const emulator = await start();
    emulator.fail('flags', [{ status: 500 }, { status: 429 }], 3);
    expect(await statuses(emulator, 4)).toEqual([500, 429, 429, 200]);
  });
});

describe('a fault in place of the answer', () => {
  it.each<Reply>([{ status: 500 }, { body: '<html>' }, { fault: 'reset' }, { fault: 'garble' }])(
    '%j leaves no trace of the request but in the log',
    async (reply) => {
      const emulator = await start();
      emulator.fail('events', reply, 1);
      await post(emulator, emulator.eventsUrl, { events: [event] }).catch(() => 'failed');
      expect(emulator.events).toEqual([]);
      await post(emulator, emulator.eventsUrl, { events: [event] });
      expect(emulator.events).toEqual([event]);
      expect(emulator.requestsTo('events')).toHaveLength(2);
    },
  );

  it('hangs until the client gives up', async () => {
    const emulator = await start();
    emulator.fail('identities', { fault: 'hang' });
    const controller = new AbortController();
    const hanging = ask(emulator, 'identities/?identifier=a', { signal: controller.signal });
    await emulator.received('identities', 1);
    controller.abort();
    await expect(hanging).rejects.toThrow('aborted');
    expect(emulator.identities.size).toBe(0);
  });
});

describe('a fault on the way of the answer', () => {
  it('breaks off the true answer, after the request was served', async () => {
    const emulator = await start();
    emulator.fail('events', { fault: 'truncate' }, 1);
    const response = await post(emulator, emulator.eventsUrl, { events: [event] });
    expect(response.status).toBe(202);
    await expect(response.text()).rejects.toThrow();
    expect(emulator.events).toEqual([event]);
  });

  it('delays the true answer, and adds headers to it', async () => {
    const emulator = await start();
    emulator.fail('environment-document', { delay: 5, headers: { 'x-slow': 'yes' } });
    const response = await ask(emulator, 'environment-document/');
    expect(response.headers.get('x-slow')).toBe('yes');
    expect(response.headers.get('last-modified')).not.toBeNull();
    expect(await response.json()).toEqual(shop());
  });

  it('holds the true answer back until the test lets it go', async () => {
    const emulator = await start();
    let release = (_: Reply) => {};
    const gate = new Promise<Reply>((resolve) => {
      release = resolve;
    });
    emulator.fail('environment-document', () => gate);
    const answered = ask(emulator, 'environment-document/');
    await emulator.received('environment-document', 1);
    emulator.publish({ ...shop(), name: 'Published meanwhile' });
    release({});
    expect(await (await answered).json()).toMatchObject({ name: 'Published meanwhile' });
  });
});

describe('a stream that fails', () => {
  const stream = (emulator: FlagsmithEmulator) =>
    fetch(new URL('sse/environments/client-key/stream', emulator.realtimeUrl));

  it('is refused', async () => {
    const emulator = await start();
    emulator.fail('stream', { status: 503 }, 1);
    expect((await stream(emulator)).status).toBe(503);
    expect((await stream(emulator)).status).toBe(200);
  });

  it('ends as soon as it has begun', async () => {
    const emulator = await start();
    emulator.fail('stream', { fault: 'truncate' }, 1);
    const response = await stream(emulator);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await expect(response.text()).rejects.toThrow();
    expect(emulator.openStreams).toBe(0);
  });

  it('opens and says nothing', async () => {
    const emulator = await start();
    emulator.fail('stream', { fault: 'stall' }, 1);
    const { body } = await stream(emulator);
    const said = body?.getReader().read();
    emulator.publish(shop());
    await Promise.all([expect(said).rejects.toThrow(), emulator.close()]);
  });
});
