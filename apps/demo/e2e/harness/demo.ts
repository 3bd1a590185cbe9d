import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const app = fileURLToPath(new URL('../../', import.meta.url));
const next = fileURLToPath(new URL('../../../../node_modules/next/dist/bin/next', import.meta.url));

/** The flag file's shape, as far as tests change it. */
export interface FlagFile {
  flags: Record<string, { defaultVariant?: string | null; targeting?: unknown; state?: string }>;
}

/** A running demo with a flag file of its own. */
export interface Demo {
  readonly url: string;
  /** Everything the server printed. */
  readonly output: () => string;
  /** Changes the flag file as an editor does: a new file, renamed into place. */
  editFlags(change: (file: FlagFile) => void): void;
  stop(): Promise<void>;
}

/** Starts `next start` on a free port, with a copy of the demo's flag file. */
export async function startDemo(env: Record<string, string> = {}): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'halyard-demo-'));
  const flagsFile = join(folder, 'flags.json');
  writeFileSync(flagsFile, readFileSync(`${app}flags.json`));
  const port = await freePort();
  let output = '';
  const server = spawn(process.execPath, [next, 'start', '-p', String(port)], {
    cwd: app,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      FLAGS_FILE: flagsFile,
      ...env,
    },
  });
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  server.stdout.on('data', collect);
  server.stderr.on('data', collect);
  const url = `http://localhost:${port}`;
  await untilUp(url, server, () => output);
  return {
    url,
    output: () => output,
    editFlags(change) {
      const file = JSON.parse(readFileSync(flagsFile, 'utf8')) as FlagFile;
      change(file);
      writeFileSync(`${flagsFile}.new`, JSON.stringify(file, null, 2));
      renameSync(`${flagsFile}.new`, flagsFile);
    },
    async stop() {
      await stopProcess(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilUp(url: string, server: ChildProcess, output: () => string): Promise<void> {
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

function freePort(): Promise<number> {
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
