import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exposure } from '@halyard/core';

/** A real HTTP endpoint that takes batches of exposures. */
export interface ExposureEndpoint {
  readonly url: string;
  readonly arrivals: readonly Exposure[];
  /** How many batches it has answered; a sender counts as waiting until then. */
  readonly answered: number;
  /** Answers nothing until {@link release} is called. */
  hold(): void;
  /** Answers everything that was held back, and from now on at once. */
  release(): void;
  clear(): void;
  /** Resolves when an arrival fits. Rejects after 10 seconds, naming what did arrive. */
  waitFor(fits: (arrival: Exposure) => boolean): Promise<Exposure>;
  close(): Promise<void>;
}

/** Starts the endpoint on a free port. */
export async function startExposureEndpoint(): Promise<ExposureEndpoint> {
  const arrivals: Exposure[] = [];
  let held: ServerResponse[] | undefined;
  let answered = 0;
  const answer = (response: ServerResponse) => {
    answered++;
    response.writeHead(204).end();
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      arrivals.push(...(JSON.parse(Buffer.concat(chunks).toString()) as Exposure[]));
      if (held === undefined) answer(response);
      else held.push(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/exposures`,
    arrivals,
    get answered() {
      return answered;
    },
    hold: () => {
      held ??= [];
    },
    release: () => {
      const waiting = held ?? [];
      held = undefined;
      waiting.forEach(answer);
    },
    clear: () => {
      arrivals.length = 0;
      answered = 0;
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
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
