import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { createFlagClient, type ExposureOptions, functionSink } from '../index.ts';

function clientOf(exposures: ExposureOptions) {
  const logger = testLogger();
  const source = inlineSource({ color: { value: 'red' } });
  const client = createFlagClient({ source, exposures, logger });
  let visitors = 0;
  const read = async () => {
    client.resolve('color', '', { targetingKey: `v${visitors++}` });
    await settled();
  };
  return { client, logger, read };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a sink that stays down', () => {
  it('is warned about once, however healthy the others are, and also when they have its name', async () => {
    const failing = functionSink(() => Promise.reject<void>(new Error('down')), { name: 'same' });
    const healthy = functionSink(() => {}, { name: 'same' });
    const { logger, read, client } = clientOf({ sink: [failing, healthy], maxAttempts: 1 });
    for (let i = 0; i < 5; i++) await read();
    expect(client.status().exposures.failed).toBe(5);
    expect(logger.messages).toEqual([expect.stringContaining('down')]);
  });

  it('is news again after it was up', async () => {
    let down = true;
    const sink = () => (down ? Promise.reject(new Error('down')) : undefined);
    const { logger, read } = clientOf({ sink, maxAttempts: 1 });
    await read();
    down = false;
    await read();
    down = true;
    await read();
    expect(logger.messages).toHaveLength(2);
  });

  it('is told apart from exposures it refuses, which are warned about once while it takes others', async () => {
    let batches = 0;
    const rejected = [{ index: 0, message: 'no such flag' }];
    const sink = () => (batches++ % 2 === 0 ? { rejected } : undefined);
    const { logger, read } = clientOf({ sink });
    for (let i = 0; i < 6; i++) await read();
    expect(logger.messages).toEqual([expect.stringContaining('no such flag')]);
  });
});

describe('a failure', () => {
  it('that is permanent ends the tries at once', async () => {
    const sink = vi.fn(() => Promise.reject(Object.assign(new Error('bad'), { permanent: true })));
    const { client, read } = clientOf({ sink, maxAttempts: 10 });
    await read();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sink).toHaveBeenCalledTimes(1);
    expect(client.status().exposures).toMatchObject({ failed: 1, pending: 0 });
  });

  it.each<[string, unknown]>([
    ['says so in another way', Object.assign(new Error('bad'), { permanent: 'yes' })],
    ['is nothing', undefined],
    ['is null', null],
    [
      'throws when it is read',
      new Proxy(new Error('bad'), {
        get() {
          throw new Error('trap');
        },
      }),
    ],
  ])('that %s is tried again', async (_name, thrown) => {
    const sink = vi.fn(() => Promise.reject(thrown));
    const { client, read } = clientOf({ sink, maxAttempts: 3 });
    await read();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sink).toHaveBeenCalledTimes(3);
    expect(client.status().exposures).toMatchObject({ failed: 1, pending: 0 });
  });

  it.each([
    ['7', 7_000],
    ['86400', 60_000],
  ])('that asks for a pause of %s seconds gets one of %d ms', async (retryAfter, pause) => {
    const sink = vi.fn(() => Promise.reject(Object.assign(new Error('busy'), { retryAfter })));
    const { read } = clientOf({ sink, maxAttempts: 2 });
    await read();
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(sink).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sink).toHaveBeenCalledTimes(2);
  });
});
