import { startNextServer } from '../../../demo/e2e/harness/next-server.ts';
import { startExposureEndpoint } from '../../../demo/e2e/harness/sink.ts';
import { APP, type Mode } from './modes.ts';

/** One mode of the application, running, with a sink of its own. */
export interface RunningMode {
  readonly mode: Mode;
  readonly url: string;
  /** What has been counted so far, by `visitor flag`: how often, under how many different ids. */
  exposures(): ReadonlyMap<string, number>;
  /** How often the server has read flags, by `visitor flag`. */
  reads(): Promise<ReadonlyMap<string, number>>;
  /** Resolves when what this visitor has done before, and whose answer is over, is counted. */
  settled(visitor: string): Promise<void>;
  /** Resolves when nothing waits to be counted. */
  idle(): Promise<void>;
  /** Everything the server printed. */
  readonly output: () => string;
  stop(): Promise<void>;
}

interface Status {
  readonly reads: Readonly<Record<string, number>>;
  readonly exposures: { readonly pending: number };
}

/** Starts a mode that was built. `environment` is added to the server's own. */
export async function startMode(
  mode: Mode,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningMode> {
  const sink = await startExposureEndpoint();
  const server = await startNextServer(APP, {
    MODE: mode,
    EXPOSURE_SINK_URL: sink.url,
    ...environment,
  });
  const status = async (): Promise<Status> => (await fetch(`${server.url}/api/status`)).json();
  return {
    mode,
    url: server.url,
    output: server.output,
    exposures() {
      const counts = new Map<string, number>();
      for (const { targetingKey, flagKey } of sink.arrivals) {
        const key = `${targetingKey} ${flagKey}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    },
    reads: async () => new Map(Object.entries((await status()).reads)),
    async settled(visitor) {
      await report(server.url, visitor);
      const isLast = ({ targetingKey, flagKey }: { targetingKey?: string; flagKey: string }) =>
        targetingKey === visitor && flagKey === 'settled';
      await sink.waitFor(isLast);
    },
    async idle() {
      while ((await status()).exposures.pending > 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      await server.stop();
      await sink.close();
    },
  };
}

/** The last exposure of a visitor: what follows it in the queue has not been done before. */
async function report(url: string, visitor: string): Promise<void> {
  const { status } = await fetch(`${url}/api/flags`, {
    method: 'POST',
    body: JSON.stringify({ keys: ['settled'] }),
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      cookie: `visitor=${visitor}`,
    },
  });
  if (status !== 204) throw new Error(`reporting an exposure was answered with ${status}`);
}
