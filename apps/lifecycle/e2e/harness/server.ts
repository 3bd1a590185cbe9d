import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort, untilUp } from '../../../demo/e2e/harness/next-server.ts';

/** How the application is run. */
export type Runner = 'next start' | 'standalone';

/** Milliseconds a host gives a process to end before it kills it: Docker's default. */
export const DEADLINE = 10_000;

/** How a process ended: by a code of its own, or by the signal that killed it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How a process ends in good order after a SIGTERM: by itself, with this code. */
export const IN_ORDER: Exit = { code: 143, signal: null };

/** The application, running. */
export interface Server {
  readonly url: string;
  /** Everything it printed. */
  readonly output: () => string;
  /** Tells it to end. Resolves to how it did; it is killed when that takes longer than `deadline` ms. */
  end(deadline: number): Promise<Exit>;
}

const app = fileURLToPath(new URL('../../', import.meta.url));
const next = fileURLToPath(new URL('../../../../node_modules/next/dist/bin/next', import.meta.url));

/** Starts the application on a free port, with a sink at that address. Resolves when it answers. */
export async function startServer(
  runner: Runner,
  sinkUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const port = String(await freePort());
  const [folder, args] =
    runner === 'standalone'
      ? [`${app}.next/standalone/apps/lifecycle`, ['server.js']]
      : [app, [next, 'start', '-p', port]];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: port,
      HOSTNAME: 'localhost',
      EXPOSURE_SINK_URL: sinkUrl,
      BUILD_STANDALONE: '',
      ...environment,
    },
  });
  let printed = '';
  const collect = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const url = `http://localhost:${port}`;
  const output = () => printed;
  await untilUp(url, child, output);
  return { url, output, end: (deadline) => endOf(child, deadline) };
}

function endOf(child: ChildProcess, deadline: number): Promise<Exit> {
  return new Promise((resolve) => {
    const late = setTimeout(() => child.kill('SIGKILL'), deadline);
    child.once('exit', (code, signal) => {
      clearTimeout(late);
      resolve({ code, signal });
    });
    const { exitCode: code, signalCode: signal } = child;
    if (code === null && signal === null) {
      child.kill('SIGTERM');
      return;
    }
    clearTimeout(late);
    resolve({ code, signal });
  });
}
