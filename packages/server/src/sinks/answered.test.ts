import type { Exposure, ExposureEndpoint, HttpResponse } from '@halyard/core';
import { type HttpServer, type Reply, startHttpServer } from '@halyard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settled, testLogger } from '../fixtures/observe.ts';
import { reportingSource } from '../fixtures/reporting-source.ts';
import { createFlagClient, type FlagClient } from '../index.ts';

let server: HttpServer;
let client: FlagClient;
let causes: string[];

beforeEach(async () => {
  server = await startHttpServer({});
  causes = [];
});
afterEach(async () => {
  await client.close({ deadline: 0 });
  await server.close();
});

/** Has visitors read a flag whose backend takes 20 bytes at most, and explains what it refuses with 400. */
async function visit(...visitors: readonly string[]): Promise<void> {
  const endpoint: ExposureEndpoint = {
    maxBodyBytes: 20,
    request: (batch: readonly Exposure[]) => ({
      url: server.url,
      method: 'POST',
      body: JSON.stringify(batch.map(({ targetingKey }) => targetingKey)),
      answerStatuses: [400],
    }),
    rejections: ({ status, body }: HttpResponse) => (status === 400 ? JSON.parse(body) : []),
  };
  client = createFlagClient({
    source: reportingSource(server.url, { exposures: endpoint }),
    logger: testLogger(),
  });
  client.on('exposuresDropped', ({ cause }) => causes.push(cause?.message ?? ''));
  for (const targetingKey of visitors) client.resolve('color', '', { targetingKey });
  await client.flush();
  await settled();
}

const bodies = () => server.requests.map(({ body }) => JSON.parse(body));
const refused: Reply = { status: 400, body: [{ index: 1, message: 'not welcome' }] };

it('an answer that says what was refused is read, whatever its status, and the rest is delivered', async () => {
  server.respond(refused);
  await visit('ann', 'ben', 'cal');
  expect(bodies()).toEqual([['ann', 'ben', 'cal']]);
  expect(client.status().exposures).toMatchObject({ recorded: 3, delivered: 2, failed: 1 });
  expect(causes).toEqual([expect.stringContaining('not welcome')]);
});

it('an answer of that status that makes no sense means nothing of the batch', async () => {
  server.respond({ status: 400, body: '<html>' });
  await visit('ann', 'ben');
  expect(server.requests).toHaveLength(1);
  expect(client.status().exposures).toMatchObject({ delivered: 0, failed: 2, pending: 0 });
  expect(causes).toEqual([expect.stringContaining('was answered 400, which makes no sense')]);
});

it('other statuses are failures as ever', async () => {
  server.respond({ status: 401, body: 'who are you?' });
  await visit('ann');
  expect(client.status().exposures).toMatchObject({ delivered: 0, failed: 1 });
  expect(causes).toEqual([expect.stringContaining('who are you?')]);
});

it('no body is longer than the backend takes, in bytes, but for a single exposure', async () => {
  await visit('ann', 'ben', 'ünä', 'ünäünä', 'a name of its own that is far too long');
  expect(bodies()).toEqual([
    ['ann', 'ben'],
    ['ünä'],
    ['ünäünä'],
    ['a name of its own that is far too long'],
  ]);
  expect(client.status().exposures).toMatchObject({ delivered: 5, failed: 0 });
});
