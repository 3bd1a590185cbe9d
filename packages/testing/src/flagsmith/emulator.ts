import type { ReceivedRequest } from '../http-reply.ts';
import { startHttpServer } from '../http-server.ts';
import { Environment } from './environment.ts';
import type { FlagsmithFaults } from './faults.ts';
import { type FlagsmithEmulatorOptions, type FlagsmithPublishOptions, KEPT } from './options.ts';
import type { FlagsmithRoute } from './routes.ts';
import {
  FLAG_EXPOSURE,
  type FlagsmithDocumentLike,
  type FlagsmithEvent,
  type FlagsmithTraits,
} from './wire.ts';

/** A Flagsmith of one test, or of a demo: the real protocol over real HTTP, kept in memory. */
export interface FlagsmithEmulator {
  /** `http://127.0.0.1:port/api/v1/` */
  readonly apiUrl: string;
  /** Where batches of events are posted. */
  readonly eventsUrl: string;
  /** What `sse/environments/{api_key}/stream` is appended to; ends with a slash. */
  readonly realtimeUrl: string;
  /** Where usage counters are posted. */
  readonly analyticsUrl: string;
  readonly port: number;
  readonly serverKey: string;
  readonly clientKey: string;
  /** What is being served, with the `updated_at` it is served with. */
  readonly document: FlagsmithDocumentLike;
  /** The newest 10,000 requests, oldest first, also those that were refused or met a fault. */
  readonly requests: readonly ReceivedRequest[];
  /** The newest 10,000 requests of a route, oldest first. */
  requestsTo(route: FlagsmithRoute): readonly ReceivedRequest[];
  /** Resolves with the requests of a route once there were at least `count`. */
  received(route: FlagsmithRoute, count: number): Promise<readonly ReceivedRequest[]>;
  /**
   * Serves another document. Its `updated_at` becomes now, or one second later than before if that is
   * later still; and the open streams are told.
   */
  publish(
    document: FlagsmithDocumentLike | ((document: FlagsmithDocumentLike) => FlagsmithDocumentLike),
    options?: FlagsmithPublishOptions,
  ): void;
  /** The newest 10,000 accepted events of all batches, oldest first. */
  readonly events: readonly FlagsmithEvent[];
  /** Those of {@link events} that are exposures. */
  readonly exposures: readonly FlagsmithEvent[];
  /** Resolves with the accepted events once there were at least `count`. */
  eventsReceived(count: number): Promise<readonly FlagsmithEvent[]>;
  /** How often each feature was read, as reported: the sum by feature name. */
  readonly analytics: Readonly<Record<string, number>>;
  /** The stored traits by identifier: of the 10,000 identities seen last. */
  readonly identities: ReadonlyMap<string, FlagsmithTraits>;
  /**
   * Makes the requests of a route fail. A reply with a status, a body or one of the faults `reset`,
   * `hang` and `garble` comes instead: the request leaves no trace but in {@link requests}. Any other
   * reply, such as a `delay` or `truncate`, changes how the true answer arrives. A list of replies is
   * used up in turn; one reply or a function serves `times` requests, by default all. undefined ends
   * it.
   */
  fail(route: FlagsmithRoute, faults: FlagsmithFaults | undefined, times?: number): void;
  /** Cuts the connection of every open stream. */
  dropStreams(): void;
  /** Writes text on every open stream as it is, to send what no server should. */
  sendOnStreams(text: string): void;
  /** How many streams are open. */
  readonly openStreams: number;
  /** Resolves once so many streams were opened in total. */
  streamsOpened(count: number): Promise<void>;
  /** Stops, breaking open connections. Rejects with what `evaluate` threw first, if it did. */
  close(): Promise<void>;
}

/**
 * Starts an emulator on 127.0.0.1. Throws a HalyardError if the document's `updated_at` is no date, or
 * pages are to hold nothing.
 */
export async function startFlagsmithEmulator(
  options: FlagsmithEmulatorOptions,
): Promise<FlagsmithEmulator> {
  const environment = new Environment(options);
  const { publication, faults, logs, events, counters, identities, streams } = environment;
  const { port } = options;
  const server = await startHttpServer((request) => environment.answer(request), {
    port,
    keep: KEPT,
  });
  return {
    apiUrl: `${server.url}/api/v1/`,
    eventsUrl: `${server.url}/v1/events`,
    realtimeUrl: `${server.url}/`,
    analyticsUrl: `${server.url}/api/v1/analytics/flags/`,
    port: server.port,
    serverKey: environment.keys.server,
    get clientKey() {
      return environment.keys.client;
    },
    get document() {
      return publication.document;
    },
    requests: server.requests,
    requestsTo: (route) => logs[route].entries,
    received: (route, count) => logs[route].reached(count),
    publish: (document, options) => environment.publish(document, options),
    events: events.accepted.entries,
    get exposures() {
      return events.accepted.entries.filter(({ event }) => event === FLAG_EXPOSURE);
    },
    eventsReceived: (count) => events.accepted.reached(count),
    get analytics() {
      return counters.totals();
    },
    identities: identities.stored,
    fail: (route, replies, times) => faults.plan(route, replies, times),
    dropStreams: () => streams.drop(),
    sendOnStreams: (text) => streams.send(text),
    get openStreams() {
      return streams.size;
    },
    streamsOpened: (count) => streams.opened(count),
    close: () => server.close(),
  };
}
