import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./tracking-server.mjs', import.meta.url));

/** Starts tracking-server.mjs in a process of its own; resolves when it listens. */
export async function startTrackingServer(delayMs = 0) {
  const child = fork(PROGRAM, [`${delayMs}`], { execArgv: [] });
  const [{ url }] = await once(child, 'message');
  return { url, stop: () => child.disconnect() };
}
