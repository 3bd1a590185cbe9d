import type { SendReport } from '@halyard/core';
import { describe, expect, it, vi } from 'vitest';
import { settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { createFlagClient, functionSink, memorySink } from '../index.ts';
import { readReport } from './report.ts';

/** A client with three exposures sent to a sink that answers with a report. */
async function afterReport(report: unknown, others = [memorySink()]) {
  const send = vi.fn(() => report as SendReport);
  const client = createFlagClient({
    source: inlineSource({ color: { value: 'red' } }),
    exposures: { sink: [functionSink(send, { name: 'choosy' }), ...others] },
    logger: testLogger(),
  });
  const drops: [number, string | undefined][] = [];
  const sent: [string, number][] = [];
  client.on('exposuresDropped', ({ count, cause }) => drops.push([count, cause?.message]));
  client.on('exposuresSent', ({ sink, batch }) => sent.push([sink, batch.length]));
  for (const targetingKey of ['a', 'b', 'c']) client.resolve('color', '', { targetingKey });
  await client.flush();
  await settled();
  return { send, drops, sent, counters: client.status().exposures };
}

describe('exposures that a sink refuses', () => {
  it('are lost, and the others of the batch delivered', async () => {
    const message = 'unknown variant';
    const report = { rejected: [0, 2].map((index) => ({ index, message })) };
    const { counters, drops, sent, send } = await afterReport(report);
    expect(counters).toMatchObject({ recorded: 3, delivered: 1, failed: 2, pending: 0 });
    expect(drops).toEqual([
      [2, expect.stringContaining('"choosy" refused an exposure: unknown variant')],
    ]);
    expect(sent.sort()).toEqual([
      ['choosy', 1],
      ['memory', 3],
    ]);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('may be all of them, and then nothing has arrived', async () => {
    const report = { rejected: [0, 1, 2].map((index) => ({ index, message: 'no' })) };
    const { counters, sent } = await afterReport(report, []);
    expect(counters).toMatchObject({ delivered: 0, failed: 3, pending: 0 });
    expect(sent).toEqual([]);
  });
});

describe('a report that makes no sense', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['a text', 'rejected'],
    ['no list', { rejected: { length: 3 } }],
    ['a list of nothing', { rejected: [null, undefined, 1, 'a'] }],
    ['places outside of the batch', { rejected: [{ index: 3 }, { index: -1 }] }],
    [
      'places between the exposures',
      { rejected: [{ index: 0.5 }, { index: '0' }, { index: NaN }] },
    ],
    [
      'something that throws when it is read',
      {
        get rejected() {
          throw new Error('no');
        },
      },
    ],
  ])('(%s) refuses nothing', async (_name, report) => {
    const { counters } = await afterReport(report);
    expect(counters).toMatchObject({ recorded: 3, delivered: 3, failed: 0, pending: 0 });
  });

  it('counts an exposure once, however often it names it', async () => {
    const report = { rejected: [{ index: 1 }, { index: 1 }, { index: 1 }] };
    const { counters, drops } = await afterReport(report);
    expect(counters).toMatchObject({ recorded: 3, delivered: 2, failed: 1, pending: 0 });
    expect(drops).toEqual([[1, expect.stringContaining('no reason was given')]]);
  });

  it('is read no further than there are exposures, and quoted in part', () => {
    const rejected = [2, -1, 3, 1, 0].map((index) => ({ index, message: '' }));
    expect([...readReport({ rejected }, 3).keys()]).toEqual([2]);
    expect([...readReport({ rejected }, 2).keys()]).toEqual([]);
    const long = readReport({ rejected: [{ index: 0, message: 'x'.repeat(5000) }] }, 1);
    expect(long.get(0)).toHaveLength(200);
  });
});
