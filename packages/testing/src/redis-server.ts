import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real Redis server of one test file. It keeps nothing on disk. */
export interface RedisServer {
  readonly port: number;
  /** `redis://127.0.0.1:port`. */
  readonly url: string;
  /** Kills it without a word. What it held is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port after it was killed. */
  restart(): Promise<void>;
  /** Stops it from running, as a frozen machine does: connections stay open, nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Ends it for good and removes its folder. */
  close(): Promise<void>;
}

/** Options of {@link startRedisServer}. */
export interface RedisServerOptions {
  /** Further arguments, such as `['--requirepass', 'secret']`. */
  readonly args?: readonly string[];
}

const ATTEMPTS = 5;

/**
 * Starts a Redis server on a free port of 127.0.0.1: the program that the environment variable
 * `REDIS_SERVER` names, else `redis-server` on the PATH. Rejects, saying what to do, where there is none.
 */
export async function startRedisServer({
  args = [],
}: RedisServerOptions = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'halyard-redis-'));
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const start = () => launch(['--port', String(port), '--dir', folder, ...args]);
    try {
      return serverOf({ port, folder, start, child: await start() });
    } catch (thrown) {
      // Somebody else may have taken the port in between.
      if (attempt < ATTEMPTS && String(thrown).includes('in use')) continue;
      await rm(folder, { recursive: true, force: true });
      throw thrown;
    }
  }
}

interface Parts {
  readonly port: number;
  readonly folder: string;
  start(): Promise<ChildProcess>;
  child: ChildProcess;
}

function serverOf(parts: Parts): RedisServer {
  const { port, folder } = parts;
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill: () => end(parts.child),
    async restart() {
      parts.child = await parts.start();
    },
    freeze: () => void parts.child.kill('SIGSTOP'),
    thaw: () => void parts.child.kill('SIGCONT'),
    async close() {
      await end(parts.child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the server accepts connections. */
function launch(args: readonly string[]): Promise<ChildProcess> {
  const program = process.env.REDIS_SERVER || 'redis-server';
  const quiet = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program, [...quiet, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const killWithUs = () => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.removeListener('exit', killWithUs));
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('error', (cause) => {
      const hint = 'Install it (Debian: apt-get install redis-server) or set REDIS_SERVER.';
      reject(new Error(`"${program}" could not be started. ${hint}`, { cause }));
    });
    child.once('exit', () => reject(new Error(`"${program}" ended at its start:\n${output}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      // Read to the end, or the server would wait for its reader; only the start is of interest.
      if (output.length < 10_000) output += chunk;
      if (/ready to accept connections/i.test(output)) resolve(child);
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
