import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const NEXT = fileURLToPath(new URL('../../node_modules/next/dist/bin/next', import.meta.url));
const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 10_000;

/** Builds the application from nothing: once, for all subjects. */
export function build() {
  rmSync(`${FOLDER}.next`, { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [NEXT, 'build'], {
    cwd: FOLDER,
    env: environmentWith({}),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`next build ended with code ${status}`);
}

/**
 * Runs `next start` for a subject on a free port, gives its address to `use` when it answers, and stops it. Errors
 * say what the server has printed.
 */
export async function withServer([subject, options], use) {
  const port = await freePort();
  let output = '';
  const server = spawn(process.execPath, [NEXT, 'start', '-p', String(port)], {
    cwd: FOLDER,
    env: environmentWith({ ISOLATION_SUBJECT: JSON.stringify([subject, options]) }),
  });
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const url = `http://localhost:${port}`;
  try {
    await untilUp(url, server);
    return await use(url);
  } catch (error) {
    throw new Error(`${subject} ${JSON.stringify(options)}:\n${output}`, { cause: error });
  } finally {
    await stopProcess(server);
  }
}

function environmentWith(variables) {
  return { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...variables };
}

async function untilUp(url, server) {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error('next start ended');
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch {
      // Not listening yet.
      await pause(100);
    }
  }
  throw new Error(`next start did not answer within ${STARTS_WITHIN_MS} ms`);
}

async function stopProcess(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const force = setTimeout(() => server.kill('SIGKILL'), STOPS_WITHIN_MS);
  server.kill('SIGTERM');
  await once(server, 'exit');
  clearTimeout(force);
}

/** A port that nobody listens on. */
async function freePort() {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
