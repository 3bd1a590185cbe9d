import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type HttpServer,
  type RedisServer,
  startHttpServer,
  startRedisServer,
} from '@halyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

let backend: HttpServer;
let redis: RedisServer;

beforeAll(async () => {
  // A real program needs the packages as built; when they are up to date this takes no time.
  const tsc = path('../../../node_modules/.bin/tsc');
  await run(tsc, ['-b', path('..'), path('../../server')]);
  backend = await startHttpServer({ body: { color: 'red' } });
  redis = await startRedisServer();
});
afterAll(() => Promise.all([backend.close(), redis.close()]));

/** Runs the program to its end. Rejects when it fails, or has to be ended. */
async function linesOf(scenario: 'stay' | 'close'): Promise<string[]> {
  const program = [path('./fixtures/exit.mjs'), scenario, redis.url, backend.url];
  const { stdout } = await run(process.execPath, program, { timeout: 20_000 });
  return stdout.trim().split('\n');
}

describe('a program that shares definitions ends by itself', () => {
  it('while its connections are open', async () => {
    expect(await linesOf('stay')).toEqual(['red']);
  });

  it('after it has closed the client', async () => {
    expect(await linesOf('close')).toEqual(['red', 'closed']);
  });

  it('while Redis is frozen', async () => {
    redis.freeze();
    expect(await linesOf('stay')).toEqual(['red']);
    expect(await linesOf('close')).toEqual(['red', 'closed']);
    redis.thaw();
  });

  it('while Redis is not there', async () => {
    await redis.kill();
    expect(await linesOf('stay')).toEqual(['red']);
    expect(await linesOf('close')).toEqual(['red', 'closed']);
  });
});
