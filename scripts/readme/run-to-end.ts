import { spawn } from 'node:child_process';

/** How a process ended, and what it printed, errors included. */
export interface Outcome {
  /** undefined where it had to be stopped. */
  readonly code: number | undefined;
  readonly output: string;
}

/** Where a process runs, and for how long at most. */
export interface RunOptions {
  readonly cwd: string;
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Seconds after which it is stopped. Default: 120. */
  readonly limit?: number;
}

/** Runs a script by Node, and waits for its end. */
export function runToEnd(
  script: string,
  args: readonly string[],
  { cwd, environment, limit = 120 }: RunOptions,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      env: { ...process.env, NODE_ENV: 'production', ...environment },
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const stop = setTimeout(() => child.kill('SIGKILL'), limit * 1000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(stop);
      resolve({ code: code ?? undefined, output });
    });
  });
}
