import type { UsageEndpoint } from '@halyard/core';
import { type Reply, startHttpServer } from '@halyard/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { held, settled, testLogger } from '../fixtures/observe.ts';
import type { PlainDocument } from '../fixtures/plain-source.ts';
import { reportingSource, SECRET } from '../fixtures/reporting-source.ts';
import { createFlagClient, type FlagClient } from '../index.ts';

const FLAGS: PlainDocument = {
  color: { value: 'red', variant: 'warm' },
  off: { value: false, reason: 'DISABLED' },
  silent: {},
  standIn: { value: 1, isDefault: true },
};

const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Given {
  readonly replies?: Parameters<typeof startHttpServer>[0];
  readonly endpoint?: Partial<UsageEndpoint>;
  readonly flags?: PlainDocument;
}

/** A client whose source's backend, a real server, takes counts of reads. */
async function clientOf({ replies = {}, endpoint = {}, flags = FLAGS }: Given = {}) {
  const server = await startHttpServer(replies);
  const logger = testLogger();
  const source = reportingSource(server.url, { flags, usage: endpoint });
  // So long that a request which nobody breaks off is never over.
  const client = createFlagClient({ source, logger, transport: { timeout: 2 ** 31 - 1 } });
  open.push({ close: () => client.close({ deadline: 0 }) }, server);
  return { server, client, logger, arrived: () => server.requests.map(({ body }) => body) };
}

function read(client: FlagClient, times = 1): void {
  for (let i = 0; i < times; i++) client.snapshot().get('color', '');
}

describe('reads of a flag', () => {
  it('are counted each, whatever they gave', async () => {
    const { client, arrived, server } = await clientOf();
    const snapshot = client.snapshot({ targetingKey: 'ann' });
    snapshot.get('color', '');
    snapshot.get('color', '');
    snapshot.get('color', 5);
    snapshot.get('color', '', { expose: false });
    snapshot.details('color', '');
    client.resolve('color', '');
    snapshot.get('off', true);
    snapshot.details('silent', '');
    expect(client.status().usage).toEqual({ counted: 8, sent: 0, pending: 8, lost: 0 });
    await client.flush();
    expect(arrived()).toEqual(['{"color":6,"off":1,"silent":1}']);
    expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/usage' });
    expect(client.status().usage).toEqual({ counted: 8, sent: 8, pending: 0, lost: 0 });
  });

  it('are counted once while somebody listens to them', async () => {
    const { client } = await clientOf();
    client.on('resolution', () => {});
    read(client);
    client.resolve('color', '');
    expect(client.status().usage?.counted).toBe(2);
  });

  it('are none when the backend has no such flag, it is not read one by one, or not to be counted', async () => {
    const { client, server } = await clientOf();
    const snapshot = client.snapshot({ targetingKey: 'ann' });
    snapshot.get('nope', '');
    snapshot.details('nope', '');
    snapshot.get('standIn', 0);
    snapshot.details('standIn', 0);
    snapshot.all();
    snapshot.explain('color');
    snapshot.expose(['color'], 'client');
    snapshot.get('color', '', { count: false });
    snapshot.details('color', '', { count: false });
    await client.close();
    expect(client.status().usage).toEqual({ counted: 0, sent: 0, pending: 0, lost: 0 });
    expect(server.requests).toHaveLength(0);
  });

  it('are counted under any name', async () => {
    const flags = JSON.parse('{"__proto__":{"value":1},"":{"value":2}}') as PlainDocument;
    const { client, arrived } = await clientOf({ flags });
    client.snapshot().get('__proto__', 0);
    client.snapshot().get('', 0);
    await client.flush();
    expect(arrived()).toEqual(['{"__proto__":1,"":1}']);
  });

  it('are not counted for a backend that does not ask for it', async () => {
    const client = createFlagClient({ source: reportingSource('http://127.0.0.1:9', {}) });
    read(client);
    expect(client.status()).not.toHaveProperty('usage');
    await client.close();
  });
});

describe('counts', () => {
  it('are sent at each interval in which there are some', async () => {
    const { client, server, arrived } = await clientOf({ endpoint: { interval: 20 } });
    read(client, 3);
    await server.received(1);
    await vi.waitFor(() => expect(client.status().usage?.sent).toBe(3));
    read(client);
    await server.received(2);
    expect(arrived()).toEqual(['{"color":3}', '{"color":1}']);
  });

  it('are sent when the client closes', async () => {
    const { client, arrived } = await clientOf();
    read(client, 2);
    const { usage } = await client.close();
    expect(arrived()).toEqual(['{"color":2}']);
    expect(usage).toEqual({ counted: 2, sent: 2, pending: 0, lost: 0 });
  });

  it('of reads made while others are being sent are kept for the next time, one send at a time', async () => {
    const answer = held<Reply>();
    const { client, server, arrived } = await clientOf({
      endpoint: { interval: 5 },
      replies: ({ index }) => (index === 0 ? answer.promise : {}),
    });
    read(client, 2);
    await server.received(1);
    read(client, 3);
    const flushed = Promise.all([client.flush(), client.flush()]);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(server.requests).toHaveLength(1);
    expect(client.status().usage).toMatchObject({ counted: 5, sent: 0, pending: 5 });
    answer.resolve({});
    await flushed;
    expect(arrived()).toEqual(['{"color":2}', '{"color":3}']);
    expect(client.status().usage).toEqual({ counted: 5, sent: 5, pending: 0, lost: 0 });
  });

  it.each<[string, Reply]>([
    ['an error of the backend', { status: 500 }],
    ['too many requests', { status: 429 }],
    ['a reset connection', { fault: 'reset' }],
  ])('that meet %s go with the next ones', async (_name, reply) => {
    const { client, arrived, logger } = await clientOf({ replies: [reply, {}] });
    read(client, 2);
    await client.flush();
    expect(client.status().usage).toEqual({ counted: 2, sent: 0, pending: 2, lost: 0 });
    read(client, 3);
    await client.flush();
    expect(arrived()).toEqual(['{"color":2}', '{"color":5}']);
    expect(client.status().usage).toEqual({ counted: 5, sent: 5, pending: 0, lost: 0 });
    expect(logger.messages).toEqual([expect.stringContaining('wait to be sent')]);
  });

  it('that take too long go with the next ones', async () => {
    const server = await startHttpServer([{ fault: 'hang' }, {}]);
    const client = createFlagClient({
      source: reportingSource(server.url, { usage: {} }),
      transport: { timeout: 100 },
      logger: testLogger(),
    });
    open.push(client, server);
    read(client, 2);
    await client.flush();
    await client.flush();
    expect(client.status().usage).toEqual({ counted: 2, sent: 2, pending: 0, lost: 0 });
  });

  it('that the backend refuses are lost, with one warning and no credential in it', async () => {
    const { client, server, logger } = await clientOf({
      replies: { status: 403, body: `${SECRET} may not` },
    });
    for (let i = 0; i < 3; i++) {
      read(client, 2);
      await client.flush();
    }
    expect(server.requests).toHaveLength(3);
    expect(client.status().usage).toEqual({ counted: 6, sent: 0, pending: 0, lost: 6 });
    expect(logger.messages).toEqual([expect.stringContaining('403: [redacted] may not')]);
  });

  it('whose request the source cannot describe are lost', async () => {
    const request = () => {
      throw new Error('no key');
    };
    const { client, logger } = await clientOf({ endpoint: { request } });
    read(client);
    await client.flush();
    expect(client.status().usage).toEqual({ counted: 1, sent: 0, pending: 0, lost: 1 });
    expect(logger.messages).toEqual([expect.stringContaining('no key')]);
  });
});

describe('closing', () => {
  it('ends at the deadline, and what is left is lost, as is what is read later', async () => {
    const { client, server } = await clientOf({ replies: { fault: 'hang' } });
    const snapshot = client.snapshot();
    snapshot.get('color', '');
    void client.flush();
    await server.received(1);
    snapshot.get('color', '');
    const { usage, state } = await client.close({ deadline: 20 });
    expect(state).toBe('closed');
    expect(usage).toEqual({ counted: 2, sent: 0, pending: 0, lost: 2 });
    snapshot.get('color', '');
    await client.flush();
    await settled();
    expect(client.status().usage).toEqual({ counted: 3, sent: 0, pending: 0, lost: 3 });
    expect(server.requests).toHaveLength(1);
  });
});
