import type { ReceivedRequest } from '../http-reply.ts';
import { startHttpServer } from '../http-server.ts';
import type { EmulatedApi } from './api.ts';
import type { EmulatorFaults } from './faults.ts';
import { KEPT } from './kept.ts';

/** What every emulator has: a vendor's real protocol over real HTTP, kept in memory. */
export interface Emulator<Route extends string> {
  readonly port: number;
  /** The newest 10,000 requests, oldest first, also those that were refused or met a fault. */
  readonly requests: readonly ReceivedRequest[];
  /** The newest 10,000 requests of a route, oldest first. */
  requestsTo(route: Route): readonly ReceivedRequest[];
  /** Resolves with the requests of a route once there were at least `count`. */
  received(route: Route, count: number): Promise<readonly ReceivedRequest[]>;
  /**
   * Makes the requests of a route fail. A reply with a status, a body or one of the faults `reset`,
   * `hang` and `garble` comes instead: the request leaves no trace but in {@link requests}. Any other
   * reply, such as a `delay` or `truncate`, changes how the true answer arrives. A list of replies is
   * used up in turn; one reply or a function serves `times` requests, by default all. undefined ends
   * it.
   */
  fail(route: Route, faults: EmulatorFaults | undefined, times?: number): void;
  /** Stops, breaking open connections. Rejects with what `evaluate` threw first, if it did. */
  close(): Promise<void>;
}

/** An API that is being served. */
export interface ServedApi<Route extends string> {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** The part of the emulator that is the same for every API. */
  readonly common: Emulator<Route>;
}

/** Serves an API on 127.0.0.1. `port`: default any free one. */
export async function serveApi<Route extends string>(
  api: EmulatedApi<Route>,
  port: number | undefined,
): Promise<ServedApi<Route>> {
  const server = await startHttpServer((request) => api.answer(request), { port, keep: KEPT });
  return {
    url: server.url,
    common: {
      port: server.port,
      requests: server.requests,
      requestsTo: (route) => api.log(route).entries,
      received: (route, count) => api.log(route).reached(count),
      fail: (route, faults, times) => api.faults.plan(route, faults, times),
      close: () => server.close(),
    },
  };
}
