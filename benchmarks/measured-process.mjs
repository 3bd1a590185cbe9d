import { spawnSync } from 'node:child_process';

/**
 * Runs a program in a process of its own, and reads the figures that it prints as JSON.
 *
 * @param options.what What an error says has failed.
 * @param options.isPinned Keeps the process, with its threads, on the first core, where the system can.
 */
export function figuresOf(program, { what, parameters, isPinned = false }) {
  const node = [process.execPath, '--expose-gc', program, ...parameters.map(String)];
  const [command, ...rest] = isPinned && canPin() ? ['taskset', '-c', '0', ...node] : node;
  const { status, stdout, stderr } = spawnSync(command, rest, {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`${what} failed:\n${stderr}`);
  return JSON.parse(stdout);
}

/** Linux has taskset, other systems do not; nor may every process choose its cores. */
function canPin() {
  return spawnSync('taskset', ['-c', '0', process.execPath, '--version']).status === 0;
}
