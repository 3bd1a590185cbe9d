import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exposure } from '@halyard/core';

/** How a sink behaves: answers at once, after 10 seconds, with an error, or never. */
export type Manner = 'prompt' | 'slow' | 'failing' | 'hung';

/** Milliseconds until it answers; undefined for never. */
const PATIENCE = { prompt: 0, slow: 10_000, failing: 0, hung: undefined } as const;

/** A real HTTP endpoint that takes batches of exposures in its own manner. */
export interface Sink {
  readonly url: string;
  /** What it was sent, the same again for each try. */
  readonly arrivals: readonly Exposure[];
  /** Whose exposures it has answered for, with whatever status. */
  readonly answered: ReadonlySet<string | undefined>;
  close(): Promise<void>;
}

/** Starts a sink on a free port. */
export async function startSink(manner: Manner): Promise<Sink> {
  const arrivals: Exposure[] = [];
  const answered = new Set<string | undefined>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const batch = JSON.parse(Buffer.concat(chunks).toString()) as Exposure[];
      arrivals.push(...batch);
      const answer = () => {
        for (const { targetingKey } of batch) answered.add(targetingKey);
        response.writeHead(manner === 'failing' ? 500 : 204).end();
      };
      const patience = PATIENCE[manner];
      if (patience === 0) answer();
      else if (patience !== undefined) setTimeout(answer, patience).unref();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/exposures`,
    arrivals,
    answered,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
