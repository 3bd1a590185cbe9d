import { fileURLToPath } from 'node:url';
import { type FlagBackend, startBackend } from './backends/backend.ts';
import { startNextServer } from './next-server.ts';

const app = fileURLToPath(new URL('../../', import.meta.url));

/** A running demo with a backend of its own. */
export interface Demo {
  readonly url: string;
  readonly backend: FlagBackend;
  /** Everything the server printed. */
  readonly output: () => string;
  stop(): Promise<void>;
}

/** Options of {@link startDemo}. */
export interface DemoOptions {
  /** Variables of the demo's environment, besides the backend's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What is done to the backend before the demo starts. Default: nothing. */
  readonly prepare?: (backend: FlagBackend) => Promise<void>;
}

/** Starts `next start` on a free port, on the backend that FLAGS_SOURCE names. */
export async function startDemo({ environment, prepare }: DemoOptions = {}): Promise<Demo> {
  const backend = await startBackend();
  await prepare?.(backend);
  const server = await startNextServer(app, { ...backend.environment, ...environment });
  return {
    ...server,
    backend,
    async stop() {
      await server.stop();
      await backend.stop();
    },
  };
}
