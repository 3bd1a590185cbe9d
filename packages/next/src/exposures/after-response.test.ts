import { createFlagClient, memorySink } from '@halyard/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeRequest, fakeRequest, within } from '../fixtures/fake-next.ts';
import { tableSource } from '../fixtures/table-source.ts';
import { HOLD_AT_END } from '../process/ending.ts';
import { processSlot } from '../process/process-slot.ts';
import { afterResponse } from './after-response.ts';

vi.mock('next/server.js', async () => (await import('../fixtures/fake-next.ts')).nextServer);

let request: FakeRequest;

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
  request = fakeRequest();
});
afterEach(() => {
  vi.useRealTimers();
});

function clientOf() {
  const sink = memorySink();
  const source = tableSource({ color: 'blue' }, expect.getState().currentTestName);
  const exposures = { sink, executor: afterResponse() };
  return { sink, client: createFlagClient({ source, exposures, logger: { warn: () => {} } }) };
}

/** Runs what is to run after the response. */
async function respond(): Promise<void> {
  await Promise.all(
    request.afterTasks.splice(0).map((task) => within(request, async () => task())),
  );
}

describe('afterResponse()', () => {
  it('has no read wait, also one that could', async () => {
    const { client, sink } = clientOf();
    await within(request, async () => {
      expect(client.resolve('color', '', { targetingKey: 'ann' }).value).toBe('blue');
      await client.settled();
    });
    expect(sink.exposures).toEqual([]);
    await respond();
    expect(sink.exposures).toMatchObject([{ flagKey: 'color', targetingKey: 'ann' }]);
    await client.close();
  });

  it('sends what is exposed by hand after the response, too', async () => {
    const { client, sink } = clientOf();
    await within(request, async () => {
      client.expose('color', 'green', { targetingKey: 'ann' });
      await client.settled();
    });
    expect([request.afterTasks.length, sink.exposures.length]).toEqual([1, 0]);
    await respond();
    expect(sink.exposures).toMatchObject([{ variant: 'green' }]);
    await client.close();
  });

  it('sends at once where there is no request', async () => {
    const { client, sink } = clientOf();
    expect(client.resolve('color', '', { targetingKey: 'ann' }).value).toBe('blue');
    expect([request.afterTasks.length, sink.exposures.length]).toEqual([0, 0]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(sink.exposures).toHaveLength(1);
    await client.close();
  });

  it('sends what a request has read with that request, whatever was read outside of any', async () => {
    const { client, sink } = clientOf();
    client.resolve('color', '', { targetingKey: 'ann' });
    await new Promise((resolve) => setImmediate(resolve));
    await within(request, async () => {
      client.resolve('color', '', { targetingKey: 'ben' });
      await null;
    });
    expect(request.afterTasks).toHaveLength(1);
    await respond();
    expect(sink.exposures.map(({ targetingKey }) => targetingKey)).toEqual(['ann', 'ben']);
    await client.close();
  });

  it('lets a process end that has waited long enough for a task', async () => {
    vi.useFakeTimers();
    await within(request, async () => void afterResponse().submit(() => new Promise(() => {})));
    let isOver = false;
    const responding = respond().then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(100 * HOLD_AT_END);
    expect(isOver).toBe(false);
    processSlot().ending.begin();
    await vi.advanceTimersByTimeAsync(HOLD_AT_END);
    await responding;
    expect(isOver).toBe(true);
  });
});
