import type { ExposureEndpoint, HttpResponse } from '@halyard/core';
import {
  type HttpServer,
  type ReceivedRequest,
  type Reply,
  startHttpServer,
} from '@halyard/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settled, testLogger } from '../fixtures/observe.ts';
import { reportingSource, SECRET } from '../fixtures/reporting-source.ts';
import { createFlagClient, type ExposureOptions, type FlagClient, memorySink } from '../index.ts';

const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Given {
  readonly replies?: Parameters<typeof startHttpServer>[0];
  readonly endpoint?: Partial<ExposureEndpoint>;
  readonly exposures?: ExposureOptions;
}

/** A client whose source's backend is a real server. */
async function clientOf({ replies = {}, endpoint = {}, exposures = {} }: Given) {
  const server = await startHttpServer(replies);
  const logger = testLogger();
  const source = reportingSource(server.url, { exposures: endpoint });
  const client = createFlagClient({ source, exposures, logger });
  open.push({ close: () => client.close({ deadline: 0 }) }, server);
  const causes: string[] = [];
  client.on('exposuresDropped', ({ cause }) => causes.push(cause?.message ?? ''));
  return { server, client, logger, causes };
}

function read(client: FlagClient, ...visitors: string[]): void {
  for (const targetingKey of visitors) client.resolve('color', '', { targetingKey });
}

function keysOf({ body }: Pick<ReceivedRequest, 'body'>): string[] {
  return JSON.parse(body) as string[];
}

function arrived({ requests }: HttpServer): string[][] {
  return requests.map(keysOf);
}

describe("the backend's own sink", () => {
  it('is the default where the source says where its backend takes exposures', async () => {
    const { client, server } = await clientOf({});
    const sent = vi.fn();
    client.on('exposuresSent', ({ sink, batch }) => sent(sink, batch.length));
    read(client, 'ann', 'ben');
    const { exposures } = await client.close();
    expect(arrived(server)).toEqual([['ann', 'ben']]);
    expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/exposures' });
    expect(exposures).toMatchObject({ recorded: 2, delivered: 2, pending: 0 });
    expect(sent).toHaveBeenCalledWith('plain', 2);
  });

  it('goes with others in a list', async () => {
    const memory = memorySink();
    const { client, server } = await clientOf({ exposures: { sink: ['backend', memory] } });
    read(client, 'ann');
    await client.flush();
    expect(arrived(server)).toEqual([['ann']]);
    expect(memory.exposures).toHaveLength(1);
  });

  it.each<[string, ExposureOptions['sink']]>([
    ['another sink', memorySink()],
    ['false', false],
  ])('gives way to %s', async (_name, sink) => {
    const { client, server } = await clientOf({ exposures: { sink } });
    read(client, 'ann');
    await client.close();
    expect(server.requests).toHaveLength(0);
  });

  it('sends no more at a time than the backend takes', async () => {
    const { client, server } = await clientOf({ endpoint: { maxBatchSize: 2 } });
    read(client, 'a', 'b', 'c');
    await client.flush();
    expect(arrived(server)).toEqual([['a', 'b'], ['c']]);
  });

  it('sends only what the backend counts', async () => {
    const accepts: ExposureEndpoint['accepts'] = ({ targetingKey }) => targetingKey !== 'ben';
    const { client, server } = await clientOf({ endpoint: { accepts } });
    read(client, 'ann', 'ben');
    await client.flush();
    expect(arrived(server)).toEqual([['ann']]);
    expect(client.status().exposures).toMatchObject({ recorded: 1, ignored: 1, delivered: 1 });
  });

  it('delivers until the deadline of close, and then lets go', async () => {
    const { client, server } = await clientOf({ replies: { fault: 'hang' } });
    read(client, 'ann');
    await server.received(1);
    const { exposures } = await client.close({ deadline: 20 });
    expect(exposures).toMatchObject({ recorded: 1, abandoned: 1, pending: 0 });
  });
});

describe('exposures that the backend refuses', () => {
  const rejections = ({ body }: HttpResponse) => JSON.parse(body).rejected;

  it('are lost, in its own words, and the rest of the batch is delivered', async () => {
    const { client, server, causes, logger } = await clientOf({
      replies: { status: 202, body: { rejected: [{ index: 1, message: 'no such experiment' }] } },
      endpoint: { rejections },
    });
    read(client, 'ann', 'ben', 'cal');
    await client.flush();
    await settled();
    expect(server.requests).toHaveLength(1);
    expect(client.status().exposures).toMatchObject({ recorded: 3, delivered: 2, failed: 1 });
    expect(causes).toEqual([expect.stringContaining('no such experiment')]);
    expect(logger.messages).toEqual([expect.stringContaining('no such experiment')]);
  });

  it('are told about without the credentials that it may repeat', async () => {
    const message = `${'x'.repeat(190)} ${SECRET} is not allowed`;
    const { client, causes } = await clientOf({
      replies: { body: { rejected: [{ index: 0, message }] } },
      endpoint: { rejections },
    });
    read(client, 'ann');
    await client.flush();
    await settled();
    expect(causes).toEqual([expect.stringContaining('xxx')]);
    expect(causes[0]).not.toContain(SECRET.slice(0, 6));
  });

  it('can be all of a batch that it answered with success', async () => {
    const { client, server, causes } = await clientOf({
      replies: { body: { rejected: 'everything' } },
      endpoint: { rejections: (_, batch) => batch.map((_, index) => ({ index, message: 'no' })) },
    });
    read(client, 'ann', 'ben');
    await client.flush();
    await settled();
    expect(server.requests).toHaveLength(1);
    expect(client.status().exposures).toMatchObject({ delivered: 0, failed: 2, pending: 0 });
    expect(causes).toEqual([expect.stringContaining('refused an exposure: no')]);
  });

  it('are none when its answer is not understood: it has the batch', async () => {
    const { client, server } = await clientOf({
      replies: { body: 'OK' },
      endpoint: { rejections },
    });
    read(client, 'ann');
    await client.flush();
    expect(server.requests).toHaveLength(1);
    expect(client.status().exposures).toMatchObject({ delivered: 1, failed: 0 });
  });
});

describe('a batch that fails', () => {
  it.each<[string, Reply]>([
    ['408', { status: 408 }],
    ['429', { status: 429, headers: { 'retry-after': '0' } }],
    ['500', { status: 500 }],
    ['503', { status: 503, headers: { 'retry-after': '0' } }],
    ['a reset connection', { fault: 'reset' }],
  ])('by %s is tried again', async (_name, reply) => {
    const { client, server } = await clientOf({ replies: [reply, {}] });
    read(client, 'ann');
    await client.flush();
    expect(arrived(server)).toEqual([['ann'], ['ann']]);
    expect(client.status().exposures).toMatchObject({ delivered: 1, failed: 0 });
  });

  it.each([307, 400, 401, 404, 422])(
    'by %d is not: the answer would be the same',
    async (status) => {
      const { client, server, causes } = await clientOf({
        replies: { status, body: `the key ${SECRET} is wrong` },
      });
      read(client, 'ann', 'ben');
      await client.flush();
      await settled();
      expect(server.requests).toHaveLength(1);
      expect(client.status().exposures).toMatchObject({ failed: 2, delivered: 0, pending: 0 });
      expect(causes).toEqual([expect.stringContaining(`answered ${status}: the key [redacted]`)]);
    },
  );

  it('is tried as often as `exposures.maxAttempts` says, and no oftener', async () => {
    const { client, server } = await clientOf({
      replies: { status: 503, headers: { 'retry-after': '0' } },
      exposures: { maxAttempts: 2 },
    });
    read(client, 'ann');
    await client.flush();
    expect(server.requests).toHaveLength(2);
    expect(client.status().exposures).toMatchObject({ failed: 1, pending: 0 });
  });

  it('because the source cannot describe the request is not tried again', async () => {
    const request = vi.fn(() => {
      throw new Error('cyclic value');
    });
    const { client, causes } = await clientOf({ endpoint: { request } });
    read(client, 'ann');
    await client.flush();
    await settled();
    expect(request).toHaveBeenCalledTimes(1);
    expect(causes).toEqual([expect.stringContaining('cyclic value')]);
  });

  it('by taking too long is broken off', async () => {
    const { client, causes } = await clientOf({
      replies: { fault: 'hang' },
      exposures: { sendTimeout: 30, maxAttempts: 2 },
    });
    read(client, 'ann');
    await client.flush();
    await settled();
    expect(causes).toEqual([expect.stringContaining('longer than 30 ms')]);
  });
});

describe('a batch that is too large', () => {
  const huge = 'h'.repeat(3000);
  const visitors = ['a', 'b', 'c', 'd', huge, 'f', 'g'];

  it('goes in halves, so that one exposure does not take its neighbours with it', async () => {
    const taken: string[] = [];
    const { client, server } = await clientOf({
      replies: (request) => {
        if (request.body.length > 2000) return { status: 413 };
        taken.push(...keysOf(request));
        return {};
      },
    });
    read(client, ...visitors);
    await client.flush();
    expect(taken.sort()).toEqual(['a', 'b', 'c', 'd', 'f', 'g']);
    expect(client.status().exposures).toMatchObject({ recorded: 7, delivered: 6, failed: 1 });
    expect(server.requests.length).toBeLessThanOrEqual(2 * visitors.length - 1);
  });

  it('sends no half again that the backend has, when the other one has to be tried again', async () => {
    const taken: string[] = [];
    let trouble = 1;
    const { client } = await clientOf({
      replies: (request) => {
        const keys = keysOf(request);
        if (keys.length > 2) return { status: 413 };
        if (keys.includes('c') && trouble-- > 0) return { status: 503 };
        taken.push(...keys);
        return {};
      },
    });
    read(client, 'a', 'b', 'c', 'd');
    await client.flush();
    expect(taken).toEqual(['a', 'b', 'c', 'd']);
    expect(client.status().exposures).toMatchObject({ delivered: 4, failed: 0, pending: 0 });
  });

  it('loses a half that is refused, and no more', async () => {
    const { client } = await clientOf({
      replies: (request) => {
        const keys = keysOf(request);
        if (keys.length > 2) return { status: 413 };
        return keys.includes('a') ? { status: 400 } : {};
      },
    });
    read(client, 'a', 'b', 'c', 'd');
    await client.flush();
    expect(client.status().exposures).toMatchObject({ delivered: 2, failed: 2, pending: 0 });
  });

  it('is lost when every part of it is too large, which takes an end', async () => {
    const { client, server } = await clientOf({ replies: { status: 413 } });
    read(client, ...visitors);
    await client.flush();
    expect(client.status().exposures).toMatchObject({ delivered: 0, failed: 7, pending: 0 });
    expect(server.requests).toHaveLength(2 * visitors.length - 1);
  });
});

it('an exposure that the source cannot describe is lost, and its neighbours are delivered', async () => {
  const { client, server, causes } = await clientOf({
    endpoint: {
      request: (batch) => {
        if (batch.some(({ targetingKey }) => targetingKey === 'ben')) throw new Error('not ben');
        return { url: server.url, method: 'POST', body: JSON.stringify(batch) };
      },
    },
  });
  read(client, 'ann', 'ben', 'cal', 'dan');
  await client.flush();
  await settled();
  expect(client.status().exposures).toMatchObject({ recorded: 4, delivered: 3, failed: 1 });
  expect(causes).toEqual([expect.stringContaining('could not describe a request: not ben')]);
});
