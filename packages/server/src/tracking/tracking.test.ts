import type { EvaluationContext, TrackingDetails, TrackingEvent } from '@halyard/core';
import { fakeClock, type HttpServer, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { held, next, settled, testLogger } from '../fixtures/observe.ts';
import { inlineSource } from '../fixtures/plain-source.ts';
import { type ReportingParts, reportingSource } from '../fixtures/reporting-source.ts';
import { createFlagClient, type ExposureOptions, type FlagClient } from '../index.ts';

const ann = { targetingKey: 'ann', plan: 'pro' };

let server: HttpServer;
let client: FlagClient;
const logger = () => testLogger();

beforeEach(async () => {
  server = await startHttpServer({});
});
afterEach(async () => {
  await client?.close({ deadline: 50 });
  await server.close();
});

function open(
  tracking: ReportingParts['tracking'] = {},
  exposures: ExposureOptions = {},
  warnings = logger(),
) {
  const clock = fakeClock();
  client = createFlagClient({
    source: reportingSource(server.url, { tracking }),
    exposures: { maxAttempts: 1, ...exposures },
    clock: clock.now,
    logger: warnings,
  });
  return { clock, warnings, counters: () => client.status().tracking };
}

/** All events that the server was sent, batch by batch. */
const received = () =>
  server.requests
    .filter(({ url }) => url === '/events')
    .map(({ body }) => JSON.parse(body) as TrackingEvent[]);

describe('a tracked event', () => {
  it('says what happened, to whom, and when', async () => {
    const { clock, counters } = open();
    client.track('purchase', ann, { value: 9.5, items: ['tea'] });
    await client.flush();
    expect(received()).toEqual([
      [
        {
          id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
          name: 'purchase',
          targetingKey: 'ann',
          subject: 'ann',
          context: ann,
          details: { value: 9.5, items: ['tea'] },
          source: 'plain',
          occurredAt: clock.now(),
        },
      ],
    ]);
    expect(counters()).toMatchObject({ recorded: 1, delivered: 1, pending: 0 });
  });

  it('needs neither a context nor details', async () => {
    open();
    client.track('visit');
    await client.flush();
    expect(received()).toMatchObject([[{ name: 'visit', context: {}, details: {} }]]);
  });

  it('is sent as often as it happens, each time as another', async () => {
    open();
    client.track('visit', ann);
    client.track('visit', ann);
    await client.flush();
    const [batch = []] = received();
    expect(new Set(batch.map(({ id }) => id)).size).toBe(2);
  });

  it('is what it was when it was tracked, whatever becomes of the details', async () => {
    open();
    const details = { value: 1, items: ['tea'] };
    client.track('visit', ann, details);
    details.value = 2;
    details.items.push('milk');
    await client.flush();
    expect(received()[0]?.[0]?.details).toEqual({ value: 1, items: ['tea'] });
  });

  it('has the same id when it is tried again', async () => {
    server.respond([{ status: 503 }, {}]);
    open({}, { maxAttempts: 2 });
    client.track('visit', ann);
    await client.flush();
    const [first, second] = received();
    expect(first?.[0]?.id).toBeDefined();
    expect(second).toEqual(first);
  });

  it('goes in batches that the backend takes, and not at all where it has no use for it', async () => {
    const { counters } = open({ maxBatchSize: 2, accepts: ({ name }) => !name.startsWith('$') });
    for (const name of ['a', 'b', '$c', 'd']) client.track(name, ann);
    await client.flush();
    expect(received().map((batch) => batch.map(({ name }) => name))).toEqual([['a', 'b'], ['d']]);
    expect(counters()).toMatchObject({ recorded: 3, delivered: 3, ignored: 1 });
  });
});

describe('events are sent', () => {
  it("by the exposures' executor, with what else is waiting", async () => {
    const tasks: (() => Promise<void>)[] = [];
    open({}, { executor: { submit: (task) => void tasks.push(task) } });
    client.track('a', ann);
    client.resolve('color', '', ann);
    await settled();
    client.track('b', ann);
    expect([tasks.length, received().length]).toEqual([1, 0]);
    await tasks[0]?.();
    expect(received()).toMatchObject([[{ name: 'a' }, { name: 'b' }]]);
  });

  it('also where no exposures are counted', async () => {
    open({}, { sink: false });
    client.track('visit', ann);
    await client.settled();
    expect(received()).toHaveLength(1);
  });

  it('until the deadline when the client closes', async () => {
    open();
    client.track('visit', ann);
    expect((await client.close()).tracking).toMatchObject({ delivered: 1, pending: 0 });
    client.track('late', ann);
    expect(client.status().tracking).toMatchObject({ recorded: 2, abandoned: 1 });
  });

  it('after the caller has gone on, whatever the executor', async () => {
    const answer = held();
    server.respond(async () => {
      await answer.promise;
      return {};
    });
    open();
    client.track('visit', ann);
    expect(client.status().tracking).toMatchObject({ recorded: 1, pending: 1 });
    answer.resolve();
    await client.flush();
    expect(client.status().tracking).toMatchObject({ delivered: 1, pending: 0 });
  });
});

describe('events that are lost', () => {
  it('are counted, told of with the cause, and warned about', async () => {
    server.respond({ status: 503 });
    const { counters, warnings } = open();
    const dropped = next(client, 'trackingDropped');
    client.track('visit', ann);
    const { reason, count, cause } = await dropped;
    expect([reason, count, cause?.code]).toEqual(['failed', 1, 'REQUEST_FAILED']);
    expect(counters()).toMatchObject({ recorded: 1, failed: 1, pending: 0 });
    expect(warnings.messages).toEqual([
      expect.stringMatching(/^\[halyard\] \[tracking\] tracked events are being lost: .*503/),
    ]);
    expect(client.status().exposures).toMatchObject({ recorded: 0, failed: 0 });
  });

  it('may be some that the backend refused, in its own words', async () => {
    const { counters } = open({ rejections: () => [{ index: 1, message: 'unknown name' }] });
    const dropped = next(client, 'trackingDropped');
    client.track('a', ann);
    client.track('b', ann);
    expect((await dropped).cause?.message).toContain('refused an event: unknown name');
    expect(counters()).toMatchObject({ delivered: 1, failed: 1 });
  });

  it.each<[string, ExposureOptions, object]>([
    [
      'refused by the executor',
      { executor: { submit: () => Promise.reject(new Error('full')) } },
      { refused: 2 },
    ],
    ['too many', { executor: { submit: () => {} }, maxQueued: 1 }, { overflowed: 1, pending: 1 }],
  ])('may be %s', async (_why, exposures, expected) => {
    const { counters } = open({}, exposures);
    client.track('a', ann);
    client.track('b', ann);
    await settled();
    expect(counters()).toMatchObject({ recorded: 2, ...expected });
  });
});

describe('tracking that makes no sense', () => {
  const hostile = {
    get value(): number {
      throw new Error('no');
    },
  };

  it.each<readonly unknown[]>([
    ['', ann],
    [undefined, ann],
    ['visit', 'ann'],
    ['visit', null],
    ['visit', ann, 'paid'],
    ['visit', ann, [1]],
    ['visit', ann, hostile],
    ['visit', ann, { count: 10n }],
  ])('is warned about and never thrown: %o, %o', async (...given) => {
    const { counters, warnings } = open();
    client.track(...(given as [string, EvaluationContext, TrackingDetails]));
    await client.flush();
    expect(counters()).toMatchObject({ recorded: 0 });
    expect(warnings.messages).toEqual([
      expect.stringContaining('[tracking] an event could not be tracked: '),
    ]);
  });

  it('is that of a backend that takes no events, and is warned about once', async () => {
    const warnings = logger();
    client = createFlagClient({ source: inlineSource({}), logger: warnings });
    client.track('visit', ann);
    client.track('visit', ann);
    expect(client.status().tracking).toBeUndefined();
    expect(warnings.messages).toEqual([
      '[halyard] [tracking] the backend of source "plain" takes no events: none is sent.',
    ]);
  });

  it('is a source that does not say how', () => {
    const tracking = { request: 'POST' as never };
    expect(() => open(tracking)).toThrow('source.tracking.request');
    expect(() => open({ maxBatchSize: 0 })).toThrow('source.tracking.maxBatchSize');
  });
});
