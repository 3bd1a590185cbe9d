import {
  type FlagSource,
  HalyardError,
  type HttpRequest,
  isHalyardError,
  messageOf,
  type Ruleset,
  type StreamMessage,
  type UpdateStream,
} from '@halyard/core';
import type { UpdateCounters } from '../client.ts';
import { backgroundTimer, pause } from '../timers.ts';
import type { Transport } from '../transport.ts';
import type { Warnings } from '../warnings.ts';
import { EventStreamParser } from './event-stream.ts';
import { FIRST_RECONNECT, reconnectPause } from './pace.ts';

/** What the feed needs of its client. */
export interface UpdateFeedOptions {
  readonly source: FlagSource;
  readonly updates: UpdateStream;
  readonly connect: Transport['stream'];
  readonly warnings: Warnings;
  /** Milliseconds without a byte after which a connection is taken for dead. Default: 90000. */
  readonly silence?: number;
  /** The definitions in use. */
  held(): Ruleset | undefined;
  /** There are newer definitions. Called at most once a second, and for every message's sake. */
  onNews(): void;
  /** A connection has come to be; what happened before it went unheard. */
  onConnected(): void;
}

const SILENCE = 90_000;
/** News within this many milliseconds of the last are told together. */
const SETTLE = 1000;
/** Ids may hold anything, headers may not. */
const SENDABLE_ID = /^[\x21-\x7e]{1,256}$/;

/** Keeps the stream of a source's updates open, however often it is lost, until it is stopped. */
export class UpdateFeed {
  private readonly options: UpdateFeedOptions;
  private readonly stopping = new AbortController();
  private counts = { connected: false, connects: 0, losses: 0 };
  /** Connections in a row, or attempts at one, that brought nothing. */
  private fruitless = 0;
  private hasDelivered = false;
  private firstPause = FIRST_RECONNECT;
  private lastEventId = '';
  private settling: NodeJS.Timeout | undefined;
  private hasNews = false;
  private wake = () => {};

  constructor(options: UpdateFeedOptions) {
    this.options = options;
  }

  get counters(): UpdateCounters {
    return { ...this.counts };
  }

  start(): void {
    void this.run();
  }

  /** There are other definitions, which may tell the address that those before did not. */
  definitionsLoaded(): void {
    this.wake();
  }

  stop(): void {
    this.stopping.abort();
    this.wake();
    this.counts.connected = false;
    clearTimeout(this.settling);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const request = this.describe();
      if (request === undefined) {
        await this.otherDefinitions();
        continue;
      }
      this.hasDelivered = false;
      const trouble = isHalyardError(request) ? request : await this.follow(request);
      if (signal.aborted) return;
      this.lose(trouble);
      await pause(reconnectPause(this.firstPause, this.fruitless), signal);
    }
  }

  private otherDefinitions(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** Follows one connection to its end. Resolves with what ended it; never rejects. */
  private async follow(request: HttpRequest): Promise<HalyardError> {
    const { source, connect, silence = SILENCE } = this.options;
    const parser = this.parser();
    try {
      await connect(request, {
        signal: this.stopping.signal,
        silence,
        onOpen: () => this.open(),
        onBytes: (bytes) => {
          this.prosper();
          parser.push(bytes);
          this.lastEventId = parser.lastEventId;
        },
      });
      return new HalyardError(source.name, 'REQUEST_FAILED', 'the stream of updates ended.');
    } catch (thrown) {
      if (isHalyardError(thrown)) return thrown;
      const message = `the stream of updates failed: ${messageOf(thrown)}`;
      return new HalyardError(source.name, 'REQUEST_FAILED', message);
    }
  }

  private parser(): EventStreamParser {
    const listener = {
      onMessage: (message: StreamMessage) => this.hear(message),
      onRetry: (ms: number) => {
        this.firstPause = ms;
      },
    };
    return new EventStreamParser(listener, { lastEventId: this.lastEventId });
  }

  /** The next connection's request, or why there is none; undefined while its address is unknown. */
  private describe(): HttpRequest | HalyardError | undefined {
    const { source, updates, held } = this.options;
    try {
      const request = updates.request(held());
      if (request === undefined || !SENDABLE_ID.test(this.lastEventId)) return request;
      return { ...request, headers: { 'last-event-id': this.lastEventId, ...request.headers } };
    } catch (thrown) {
      const message = `the stream of updates could not be asked for: ${messageOf(thrown)}`;
      return new HalyardError(source.name, 'REQUEST_FAILED', message);
    }
  }

  private open(): void {
    this.counts.connected = true;
    this.counts.connects++;
    this.options.onConnected();
  }

  /** The connection has delivered something. */
  private prosper(): void {
    if (this.hasDelivered) return;
    this.hasDelivered = true;
    this.options.warnings.settle('updates');
  }

  private lose(trouble: HalyardError): void {
    this.counts.connected = false;
    this.counts.losses++;
    this.fruitless = this.hasDelivered ? 0 : this.fruitless + 1;
    // Every stream ends at some time, and the next one takes over: only one that cannot is trouble.
    if (this.fruitless > 0) this.options.warnings.once('updates', trouble.message);
  }

  private hear(message: StreamMessage): void {
    if (this.stopping.signal.aborted || !this.isNews(message)) return;
    this.hasNews = true;
    if (this.settling === undefined) this.tell();
  }

  private tell(): void {
    this.settling = undefined;
    if (!this.hasNews) return;
    this.hasNews = false;
    this.settling = backgroundTimer(() => this.tell(), SETTLE);
    this.options.onNews();
  }

  private isNews(message: StreamMessage): boolean {
    const { updates, held } = this.options;
    try {
      return updates.isNews(message, held());
    } catch {
      // Sources may be anybody's code; the next refresh finds out in any case.
      return false;
    }
  }
}
