import type { EvaluationContext } from './context.ts';
import type { SelectValue } from './details.ts';
import type { Exposure } from './exposure.ts';
import type { Resolution } from './resolution.ts';
import type { CompileOptions, Ruleset } from './ruleset.ts';
import type { TrackingEvent } from './tracking.ts';

/** An HTTP request as plain data. The runtime's transport makes it; sources only describe it. */
export interface HttpRequest {
  readonly url: string;
  /** Default: GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the body is sent compressed. Default: false. */
  readonly gzip?: boolean;
  /** Basic credentials; the transport encodes them and redacts them from every error. */
  readonly auth?: { readonly username: string; readonly password: string };
  /** Strings that must never appear in an error or a log, such as keys within the URL. */
  readonly secrets?: readonly string[];
  /** Whether the request begins a trace: a W3C `traceparent` of its own at each try. Default: false. */
  readonly trace?: boolean;
  /**
   * Statuses whose answers are to be read like those of success, because they say what was done with
   * which part of the body. Default: none.
   */
  readonly answerStatuses?: readonly number[];
}

/** What came back, decoded: header names in lower case, the body as text. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds from asking to the answer's end, over all tries. Absent where nobody measured. */
  readonly durationMs?: number;
}

/** What a conditional request is made with: the validators of the definitions already held. */
export interface Validator {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Definitions over HTTP, possibly in pages. */
export interface HttpDefinitions<Definitions> {
  readonly kind: 'http';
  /** The first request; `validator` is absent when nothing is held yet. */
  request(validator?: Validator): HttpRequest;
  /** The next page's request, or undefined when the document is complete. Default: one page. */
  nextPage?(response: HttpResponse, page: number): HttpRequest | undefined;
  /** Turns the bodies of all pages into definitions. Throws a HalyardError when they make no sense. */
  parse(bodies: readonly string[]): Definitions;
}

/** Definitions in a file that the runtime reads and watches. */
export interface FileDefinitions<Definitions> {
  readonly kind: 'file';
  /** As given by the user; relative paths are relative to the process's working directory. */
  readonly path: string;
  parse(text: string): Definitions;
}

/** Definitions given in code. They never change. */
export interface InlineDefinitions<Definitions> {
  readonly kind: 'inline';
  readonly value: Definitions;
}

/** No definitions: the backend evaluates, see {@link RemoteEvaluation}. */
export interface RemoteDefinitions {
  readonly kind: 'remote';
}

/** Where definitions come from. */
export type DefinitionsOrigin<Definitions> =
  | HttpDefinitions<Definitions>
  | FileDefinitions<Definitions>
  | InlineDefinitions<Definitions>
  | RemoteDefinitions;

/** Evaluation by the backend. Its answer becomes a snapshot like any other. */
export interface RemoteEvaluation {
  /**
   * One request for all the keys asked for, or for every flag. Throws a HalyardError INVALID_CONTEXT
   * when the context cannot be sent, TARGETING_KEY_MISSING when it does not say whose flags to send.
   */
  request(context: EvaluationContext, keys?: readonly string[]): HttpRequest;
  /**
   * Every flag that the backend answered with, by key. Throws a HalyardError when the answer makes no
   * sense.
   */
  parse(response: HttpResponse, context: EvaluationContext): ReadonlyMap<string, Resolution>;
  /**
   * What a flag resolves to that was asked for and that the answer does not have. Default: what
   * {@link FlagSource.missing} says, else a FLAG_NOT_FOUND error.
   */
  absent?(key: string): Resolution;
}

/** One message of a stream of server-sent events. */
export interface StreamMessage {
  /** The event's name; `message` when the stream gives none. */
  readonly event: string;
  readonly data: string;
}

/** A stream of server-sent events that tells of newer definitions. The runtime keeps it open. */
export interface UpdateStream {
  /** Undefined while the address is not known, because it takes definitions to know it. */
  request(held: Ruleset | undefined): HttpRequest | undefined;
  /**
   * Whether a message is about definitions newer than those held, which the runtime then fetches.
   * Never throws; what it does not understand is no news.
   */
  isNews(message: StreamMessage, held: Ruleset | undefined): boolean;
}

/** A part of a batch that a backend did not take although it took the batch. */
export interface EventRejection {
  /** Its place in the batch. */
  readonly index: number;
  /** The backend's own words. */
  readonly message: string;
}

/** Where a backend takes events of one kind, in batches. */
export interface EventEndpoint<Event> {
  /** The most events one request may carry. Default: 100. */
  readonly maxBatchSize?: number;
  /** The most bytes one request's body may have before it is compressed. Default: any number. */
  readonly maxBodyBytes?: number;
  /** Whether the backend has any use for such an event. Default: for all of them. */
  accepts?(event: Event): boolean;
  request(batch: readonly Event[]): HttpRequest;
  /**
   * What the backend refused of a batch it answered with success, or with a status that the request
   * names in `answerStatuses`. Default: nothing. Should it throw, success means all of the batch, and any
   * other status nothing of it.
   */
  rejections?(response: HttpResponse, batch: readonly Event[]): readonly EventRejection[];
}

/** Where a backend takes exposures. */
export type ExposureEndpoint = EventEndpoint<Exposure>;

/** Where a backend takes what the application tracks. */
export type TrackingEndpoint = EventEndpoint<TrackingEvent>;

/** Where a backend takes counts of how often each flag was read. */
export interface UsageEndpoint {
  /** Milliseconds over which counts are gathered before they are sent. */
  readonly interval: number;
  /** Never called without counts. */
  request(counts: Readonly<Record<string, number>>): HttpRequest;
}

/** How a backend signs the webhooks that tell of changes. */
export interface WebhookSignature {
  /** The header that holds the signature, in lower case. */
  readonly header: string;
  /** HMAC over the raw body with the shared secret. */
  readonly algorithm: 'sha256';
  readonly encoding: 'hex';
}

/**
 * How definitions look to a cache that workers share, where other programs use the same one. What is
 * stored is plain data that JSON can carry.
 */
export interface DefinitionsCodec {
  /** What is stored of the bodies of all pages. */
  toData(bodies: readonly string[]): unknown;
  /**
   * Bodies that `parse` understands, from what was stored, perhaps by another program. Throws when it
   * makes no sense.
   */
  fromData(data: unknown): readonly string[];
}

/**
 * A flag backend: where its definitions come from and how they are compiled. Pure description; the
 * runtime does all I/O. What a backend cannot do is absent.
 */
export interface FlagSource<Definitions = unknown> {
  /** The backend's name: `flagd`, `flagsmith`, … */
  readonly name: string;
  /** Tells apart two sources of one backend within a process. Contains no credential. */
  readonly id: string;
  readonly definitions: DefinitionsOrigin<Definitions>;
  /** Definitions to use until the first ones have come, such as a file that ships with the program. */
  readonly fallback?: FileDefinitions<Definitions> | InlineDefinitions<Definitions>;
  /** How often the backend likes to be asked, in milliseconds. Default: the runtime's own. */
  readonly refreshInterval?: number;
  compile(definitions: Definitions, options?: CompileOptions): Ruleset;
  readonly select: SelectValue;
  /**
   * What a flag resolves to while there are no definitions at all; undefined for an error. (Of flags
   * that the definitions do not have, the ruleset decides.)
   */
  missing?(key: string): Resolution | undefined;
  readonly remote?: RemoteEvaluation;
  readonly updates?: UpdateStream;
  /**
   * Who exposures and tracked events are counted for, where the backend goes by something else than the
   * targeting key; undefined for nobody in particular. Called at every read that may be an exposure, and
   * for each event, with contexts of any kind: it must be fast, and what it throws means undefined.
   * Default: the targeting key.
   */
  subject?(context: EvaluationContext): string | undefined;
  /** Used where the application names no sink of its own. */
  readonly exposures?: ExposureEndpoint;
  /** Where tracked events go. */
  readonly tracking?: TrackingEndpoint;
  readonly usage?: UsageEndpoint;
  readonly webhook?: WebhookSignature;
  /** Default: the bodies as they came. Without effect where definitions do not come over HTTP. */
  readonly cacheCodec?: DefinitionsCodec;
}
