import type { Exposure, ExposureSink } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { createFlagClient, memorySink } from '../index.ts';

const source = inlineSource({ color: { value: 'red' }, size: { value: 'L' } });

function clientOf(...sinks: ExposureSink[]) {
  const logger = testLogger();
  const client = createFlagClient({ source, exposures: { sink: sinks }, logger });
  const read = async () => {
    client.resolve('color', '', { targetingKey: 'ann' });
    client.resolve('size', '', { targetingKey: 'ann' });
    await client.flush();
    await settled();
    return client.status().exposures;
  };
  return { client, logger, read };
}

function sinkFor(accepts: (exposure: Exposure) => unknown) {
  return { ...memorySink(), accepts } as ReturnType<typeof memorySink>;
}

const flags = ({ exposures }: ReturnType<typeof memorySink>) =>
  exposures.map(({ flagKey }) => flagKey);

describe('an exposure', () => {
  it('that no sink wants is not recorded, and told apart', async () => {
    const sink = sinkFor(({ flagKey }) => flagKey === 'size');
    const { read, client } = clientOf(sink);
    expect(await read()).toMatchObject({ recorded: 1, ignored: 1, delivered: 1, pending: 0 });
    expect(flags(sink)).toEqual(['size']);
    client.resolve('color', '', { targetingKey: 'ann' });
    expect(client.status().exposures).toMatchObject({ recorded: 1, ignored: 1, deduplicated: 1 });
  });

  it('goes to the sinks that want it, and is delivered when those have it', async () => {
    const some = sinkFor(({ flagKey }) => flagKey === 'size');
    const none = sinkFor(() => false);
    const all = memorySink();
    const { read } = clientOf(some, none, all);
    expect(await read()).toMatchObject({ recorded: 2, ignored: 0, delivered: 2, pending: 0 });
    expect([flags(some), flags(none), flags(all)]).toEqual([['size'], [], ['color', 'size']]);
  });

  it('that is lost by a sink that does not want the other is the only one lost', async () => {
    const failing: ExposureSink = {
      name: 'failing',
      accepts: ({ flagKey }) => flagKey === 'size',
      send: () => Promise.reject<void>(Object.assign(new Error('down'), { permanent: true })),
    };
    const { read } = clientOf(failing, memorySink());
    expect(await read()).toMatchObject({ recorded: 2, delivered: 1, failed: 1, pending: 0 });
  });

  it('that has not been looked at yet is pending', () => {
    const { client } = clientOf(sinkFor(() => false));
    client.resolve('color', '', { targetingKey: 'ann' });
    expect(client.status().exposures).toMatchObject({ recorded: 1, ignored: 0, pending: 1 });
  });
});

describe('a sink that cannot tell', () => {
  it.each<[string, (exposure: Exposure) => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no idea');
      },
    ],
    ['gives nothing', () => undefined],
    ['gives a promise', async () => false],
    ['gives a promise that rejects', () => Promise.reject(new Error('no idea'))],
    [
      'tries to change it',
      (exposure) => {
        (exposure as { flagKey: string }).flagKey = 'other';
      },
    ],
  ])('because its `accepts` %s, gets everything, with one warning', async (_name, accepts) => {
    const sink = sinkFor(accepts);
    const { read, logger } = clientOf(sink);
    expect(await read()).toMatchObject({ recorded: 2, delivered: 2, pending: 0 });
    expect(flags(sink)).toEqual(['color', 'size']);
    expect(logger.messages).toEqual([expect.stringContaining('`accepts` of the sink "memory"')]);
  });
});
