import { isHalyardError } from '@halyard/core';
import { startHttpServer } from '@halyard/testing';
import { expect, it } from 'vitest';
import { createTransport } from '../transport.ts';
import { AnswerError } from './answer-error.ts';

it.each([
  [302, true],
  [400, true],
  [401, true],
  [413, true],
  [408, false],
  [429, false],
  [500, false],
  [503, false],
])('an answer of %d is kept apart from others, and final: %s', async (status, permanent) => {
  const server = await startHttpServer({ status, headers: { 'retry-after': '7' } });
  const settings = { timeout: 10_000, maxResponseBytes: 1000, maxAttempts: 1 };
  const transport = createTransport(settings, () => Date.now());
  const error = await transport.send({ url: server.url, method: 'POST' }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(AnswerError);
  expect(error).toMatchObject({ code: 'REQUEST_FAILED', status, permanent, retryAfter: '7' });
  expect(isHalyardError(error)).toBe(true);
  await transport.close();
  await server.close();
});
