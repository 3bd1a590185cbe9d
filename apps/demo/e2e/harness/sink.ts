import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exposure } from '@halyard/core';

/** An exposure as it arrived. */
export interface Arrival extends Exposure {
  /** Milliseconds, on the clock of `performance.now()` in the test. */
  readonly arrivedAt: number;
}

/** A real HTTP endpoint that takes batches of exposures. */
export interface ExposureEndpoint {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  /** How long it takes to answer from now on, in milliseconds. */
  delay: number;
  clear(): void;
  /** Resolves when an arrival fits. Rejects after 10 seconds, naming what did arrive. */
  waitFor(fits: (arrival: Arrival) => boolean): Promise<Arrival>;
  close(): Promise<void>;
}

/** Starts the endpoint on a free port. */
export async function startExposureEndpoint(): Promise<ExposureEndpoint> {
  const arrivals: Arrival[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const arrivedAt = performance.now();
      const batch = JSON.parse(Buffer.concat(chunks).toString()) as Exposure[];
      arrivals.push(...batch.map((exposure) => ({ ...exposure, arrivedAt })));
      answerLater(response);
    });
  });
  const answerLater = (response: ServerResponse) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      response.writeHead(204).end();
    }, endpoint.delay);
    timers.add(timer);
  };
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const endpoint: ExposureEndpoint = {
    url: `http://localhost:${(server.address() as AddressInfo).port}/exposures`,
    arrivals,
    delay: 0,
    clear: () => {
      arrivals.length = 0;
    },
    async waitFor(fits) {
      for (let attempt = 0; attempt < 200; attempt++) {
        const found = arrivals.find(fits);
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no such exposure arrived; there were: ${JSON.stringify(arrivals, null, 1)}`);
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return endpoint;
}
