import { startHttpServer } from '@halyard/testing';
import { expect, it, vi } from 'vitest';
import { createTransport } from '../transport.ts';

const trouble = vi.hoisted(() => ({ times: 1 }));

vi.mock('./agents.ts', async (original) => {
  const { loadAgents } = await original<typeof import('./agents.ts')>();
  return {
    loadAgents: async () => {
      if (trouble.times-- > 0) throw new Error('EMFILE: too many open files');
      return loadAgents();
    },
  };
});

it('an HTTP client that could not be loaded for one request is loaded by the next', async () => {
  const server = await startHttpServer({ body: 'flags' });
  const settings = { timeout: 10_000, maxResponseBytes: 1000, maxAttempts: 1 };
  const transport = createTransport(settings, () => Date.now());
  await expect(transport.send({ url: server.url })).rejects.toMatchObject({
    code: 'REQUEST_FAILED',
    message: expect.stringContaining('too many open files'),
  });
  expect((await transport.send({ url: server.url })).body).toBe('flags');
  await transport.close();
  await server.close();
});
