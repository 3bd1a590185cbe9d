import type { SelectValue } from './details.ts';
import type { CompileOptions, Ruleset } from './ruleset.ts';

/** An HTTP request as plain data. The runtime's transport makes it; sources only describe it. */
export interface HttpRequest {
  readonly url: string;
  /** Default: GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Basic credentials; the transport encodes them and redacts them from every error. */
  readonly auth?: { readonly username: string; readonly password: string };
  /** Strings that must never appear in an error or a log, such as keys within the URL. */
  readonly secrets?: readonly string[];
}

/** What came back, decoded: header names in lower case, the body as text. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
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

/** Where definitions come from. */
export type DefinitionsOrigin<Definitions> =
  | HttpDefinitions<Definitions>
  | FileDefinitions<Definitions>
  | InlineDefinitions<Definitions>;

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
  compile(definitions: Definitions, options?: CompileOptions): Ruleset;
  readonly select: SelectValue;
}
