import type { ExposureExecutor } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Held, held, settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { background, createFlagClient, inline } from '../index.ts';

const source = inlineSource({ color: { value: 'red' } });

/** A client whose sink answers when the test says so, and what happened in which order. */
function clientOf(executor: ExposureExecutor) {
  const order: string[] = [];
  const answers: Held<void>[] = [];
  const client = createFlagClient({
    source,
    exposures: {
      sink: async (batch) => {
        const answer = held();
        answers.push(answer);
        order.push(`asked for ${batch.map(({ targetingKey }) => targetingKey).join(' and ')}`);
        await answer.promise;
        order.push('answered');
      },
      executor,
      sendTimeout: 1000,
      maxAttempts: 1,
    },
    logger: testLogger(),
  });
  /** Reads, and waits as long as the client has it wait. */
  const read = async (targetingKey: string) => {
    client.resolve('color', '', { targetingKey });
    await client.settled();
    order.push(`${targetingKey} goes on`);
  };
  return { client, order, read, answer: () => answers.shift()?.resolve() };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('with inline(), a read that can wait', () => {
  it('goes on once its exposure has been sent', async () => {
    const { order, read, answer } = clientOf(inline());
    const reading = read('ann');
    await settled();
    expect(order).toEqual(['asked for ann']);
    answer();
    await reading;
    expect(order).toEqual(['asked for ann', 'answered', 'ann goes on']);
  });

  it('shares a batch with the others of its turn, and waits for no more than that', async () => {
    const { order, read, answer } = clientOf(inline());
    const first = Promise.all([read('ann'), read('ben')]);
    await settled();
    const later = read('cal');
    await settled();
    answer();
    await first;
    expect(order).toEqual([
      'asked for ann and ben',
      'answered',
      'asked for cal',
      'ann goes on',
      'ben goes on',
    ]);
    answer();
    await later;
    expect(order.slice(5)).toEqual(['answered', 'cal goes on']);
  });

  it('goes on at once when it is no exposure, whatever is being sent for others', async () => {
    const { order, read, answer } = clientOf(inline());
    const first = read('ann');
    await settled();
    await read('ann');
    expect(order).toEqual(['asked for ann', 'ann goes on']);
    answer();
    await first;
  });

  it('goes on after `sendTimeout` when the sink hangs', async () => {
    const { order, read } = clientOf(inline());
    const reading = read('ann');
    await vi.advanceTimersByTimeAsync(999);
    expect(order).toEqual(['asked for ann']);
    await vi.advanceTimersByTimeAsync(1);
    await reading;
    expect(order).toEqual(['asked for ann', 'ann goes on']);
  });

  it('goes on when the client is closed meanwhile', async () => {
    const { client, order, read } = clientOf(inline());
    const reading = read('ann');
    await settled();
    const closed = client.close({ deadline: 10 });
    await vi.advanceTimersByTimeAsync(10);
    await Promise.all([closed, reading]);
    expect(order).toEqual(['asked for ann', 'ann goes on']);
  });

  it('is not made to wait by get and details, which give their values at once', async () => {
    const { client, order, answer } = clientOf(inline());
    expect(client.snapshot({ targetingKey: 'ann' }).get('color', '')).toBe('red');
    order.push('read');
    await settled();
    expect(order).toEqual(['read', 'asked for ann']);
    answer();
  });
});

describe('with background(), a read that could wait', () => {
  it('goes on before anything is sent', async () => {
    const { order, read, answer } = clientOf(background());
    await read('ann');
    expect(order).toEqual(['ann goes on']);
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toEqual(['ann goes on', 'asked for ann']);
    answer();
  });
});

describe("with an executor of one's own, a read that could wait", () => {
  it('does not, although `submit` gives a promise', async () => {
    const { order, read, answer } = clientOf({ submit: (task) => task() });
    await read('ann');
    expect(order).toEqual(['asked for ann', 'ann goes on']);
    answer();
  });

  it('waits for that promise where the executor says so', async () => {
    const later = held();
    const executor: ExposureExecutor = {
      holdsReads: true,
      submit: (task) => later.promise.then(task),
    };
    const { order, read, answer } = clientOf(executor);
    const reading = read('ann');
    await settled();
    expect(order).toEqual([]);
    later.resolve();
    await settled();
    answer();
    await reading;
    expect(order).toEqual(['asked for ann', 'answered', 'ann goes on']);
  });

  it('waits no longer than `sendTimeout` where nothing comes of it', async () => {
    const never = new Promise<void>(() => {});
    const { order, read } = clientOf({ holdsReads: true, submit: () => never });
    const reading = read('ann');
    await vi.advanceTimersByTimeAsync(1000);
    await reading;
    expect(order).toEqual(['ann goes on']);
  });

  it.each<[string, ExposureExecutor['submit']]>([
    [
      'throws',
      () => {
        throw new Error('no room');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no room'))],
  ])('goes on where the executor refuses the work (%s)', async (_name, submit) => {
    const { client, order, read } = clientOf({ holdsReads: true, submit });
    await read('ann');
    expect(order).toEqual(['ann goes on']);
    expect(client.status().exposures).toMatchObject({ refused: 1, pending: 0 });
  });
});

it('a client that counts nothing has nobody wait', async () => {
  const client = createFlagClient({ source, exposures: { sink: false, executor: inline() } });
  client.resolve('color', '', { targetingKey: 'ann' });
  expect(await client.settled()).toBeUndefined();
});
