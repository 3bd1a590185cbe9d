import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./server.mjs', import.meta.url));

/**
 * Starts server.mjs in a process of its own; resolves when it listens.
 *
 * @param options.trackingMs Milliseconds until events are answered. Default: 0.
 * @param options.flagCount How many flags its environment has. Default: 438.
 */
export async function startServer({ trackingMs = 0, flagCount = 438 } = {}) {
  const child = fork(PROGRAM, [`${trackingMs}`, `${flagCount}`], { execArgv: [] });
  const [{ url }] = await once(child, 'message');
  return { url, stop: () => child.disconnect() };
}
