import { type Emulator, serveApi } from '../emulator/emulator.ts';
import { Environment } from './environment.ts';
import type { FlagsmithEmulatorOptions, FlagsmithPublishOptions } from './options.ts';
import type { FlagsmithRoute } from './routes.ts';
import {
  FLAG_EXPOSURE,
  type FlagsmithDocumentLike,
  type FlagsmithEvent,
  type FlagsmithTraits,
} from './wire.ts';

/** A Flagsmith of one test, or of a demo: the real protocol over real HTTP, kept in memory. */
export interface FlagsmithEmulator extends Emulator<FlagsmithRoute> {
  /** `http://127.0.0.1:port/api/v1/` */
  readonly apiUrl: string;
  /** Where batches of events are posted. */
  readonly eventsUrl: string;
  /** What `sse/environments/{api_key}/stream` is appended to; ends with a slash. */
  readonly realtimeUrl: string;
  /** Where usage counters are posted. */
  readonly analyticsUrl: string;
  readonly serverKey: string;
  readonly clientKey: string;
  /** What is being served, with the `updated_at` it is served with. */
  readonly document: FlagsmithDocumentLike;
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
  /** Cuts the connection of every open stream. */
  dropStreams(): void;
  /** Writes text on every open stream as it is, to send what no server should. */
  sendOnStreams(text: string): void;
  /** How many streams are open. */
  readonly openStreams: number;
  /** Resolves once so many streams were opened in total. */
  streamsOpened(count: number): Promise<void>;
}

/**
 * Starts an emulator on 127.0.0.1. Throws a HalyardError if the document's `updated_at` is no date, or
 * pages are to hold nothing.
 */
export async function startFlagsmithEmulator(
  options: FlagsmithEmulatorOptions,
): Promise<FlagsmithEmulator> {
  const environment = new Environment(options);
  const { api, publication, events, counters, identities, streams } = environment;
  const { url, common } = await serveApi(api, options.port);
  return {
    ...common,
    apiUrl: `${url}/api/v1/`,
    eventsUrl: `${url}/v1/events`,
    realtimeUrl: `${url}/`,
    analyticsUrl: `${url}/api/v1/analytics/flags/`,
    serverKey: environment.keys.server,
    get clientKey() {
      return environment.keys.client;
    },
    get document() {
      return publication.document;
    },
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
    dropStreams: () => streams.drop(),
    sendOnStreams: (text) => streams.send(text),
    get openStreams() {
      return streams.size;
    },
    streamsOpened: (count) => streams.opened(count),
  };
}
