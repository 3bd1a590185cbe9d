import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const next = fileURLToPath(new URL('../../../../node_modules/next/dist/bin/next', import.meta.url));

/** A built application that runs. */
export interface NextServer {
  readonly url: string;
  /** Everything it printed. */
  readonly output: () => string;
  stop(): Promise<void>;
}

/** Runs `next start` in an application's folder, on a free port. Resolves when it answers. */
export async function startNextServer(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<NextServer> {
  const port = await freePort();
  let output = '';
  const server = spawn(process.execPath, [next, 'start', '-p', String(port)], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      ...environment,
    },
  });
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  server.stdout.on('data', collect);
  server.stderr.on('data', collect);
  const url = `http://localhost:${port}`;
  await untilUp(url, server, () => output);
  return { url, output: () => output, stop: () => stopProcess(server) };
}

/** Resolves when a server that has been started answers. Rejects when it ends, or after 30 seconds. */
export async function untilUp(
  url: string,
  server: ChildProcess,
  output: () => string,
): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`next start ended:\n${output()}`);
    try {
      const response = await fetch(url);
      await response.arrayBuffer();
      return;
    } catch {
      // Not listening yet.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`next start did not answer within 30 s:\n${output()}`);
}

function stopProcess(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => server.kill('SIGKILL'), 10_000);
    server.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    server.kill('SIGTERM');
  });
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
