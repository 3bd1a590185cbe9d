import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type RedisServer, startRedisServer } from '@halyard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectingSink, exposuresOf, openOutbox } from '../fixtures/exposures.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

let server: RedisServer;

beforeAll(async () => {
  // A real program needs the package as built; when it is up to date this takes no time.
  await promisify(execFile)(path('../../../../node_modules/.bin/tsc'), ['-b', path('../..')]);
  server = await startRedisServer();
});
afterAll(() => server.close());

interface Writer {
  readonly process: ChildProcess;
  /** How many exposures its outbox has accepted, as far as it came to say so. */
  accepted: number;
}

function startWriter(prefix: string): Writer {
  const program = [path('../fixtures/writer.mjs'), prefix, server.url];
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  const writer: Writer = { process: child, accepted: 0 };
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    writer.accepted = Number(lines.at(-1) ?? writer.accepted);
  });
  return writer;
}

async function kill({ process }: Writer): Promise<void> {
  const closed = once(process, 'close');
  process.kill('SIGKILL');
  await closed;
}

describe('workers that are killed while they write', () => {
  it('lose nothing that was accepted: another delivers it, each under its own id', async () => {
    const writers = ['a', 'b', 'c'].map(startWriter);
    for (const writer of writers) {
      while (writer.accepted < 50) await once(writer.process.stdout ?? writer.process, 'data');
    }
    await Promise.all(writers.map(kill));
    const sink = collectingSink();
    const { outbox } = openOutbox({ url: server.url, sink, lease: 1000 });
    const accepted = writers.flatMap(({ accepted }, i) => exposuresOf('abc'[i] ?? '', accepted));
    await sink.has(accepted);
    await outbox.close?.();
    expect(accepted.length).toBeGreaterThanOrEqual(150);
    expect(new Set(sink.ids).size).toBe(sink.ids.length);
  });
});
