import type { Writable } from 'node:stream';

/** What a request asked for, as the server read it. */
export interface ReceivedRequest {
  /** Counts the server's requests from 0. */
  readonly index: number;
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Text; that of a gzip body is decompressed. */
  readonly body: string;
}

/**
 * What goes wrong with an answer:
 * - `reset`: the connection is reset before a byte is sent;
 * - `truncate`: half of the body is sent, less than the announced length, and the connection ends;
 * - `stall`: half of the body is sent and nothing more comes;
 * - `hang`: nothing is ever sent;
 * - `trickle`: the body comes in small pieces, see {@link Reply.trickle};
 * - `garble`: bytes that are not HTTP.
 */
export type Fault = 'reset' | 'truncate' | 'stall' | 'hang' | 'trickle' | 'garble';

/** An answer. Everything is optional: `{}` is an empty 200. */
export interface Reply {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Text, bytes of any number, or anything else as JSON (with its content type). Default: empty. */
  readonly body?: unknown;
  /**
   * Writes the body itself, instead of `body`: piece by piece and for as long as it likes, until it
   * ends the stream or the client goes away (`close`). The status and headers are sent before.
   */
  readonly stream?: (body: Writable) => void;
  /** Compresses the body and says so; a `stream` is sent as it is written. */
  readonly encoding?: 'gzip' | 'deflate' | 'br';
  /** Sends the body in chunks, without announcing its length. */
  readonly chunked?: boolean;
  /** Sent as ETag; a request whose If-None-Match names it is answered 304 without a body. */
  readonly etag?: string;
  /** Sent as Last-Modified; a request whose If-Modified-Since is the same text is answered 304. */
  readonly lastModified?: string;
  /** Milliseconds before the first byte of the answer. Default: 0. */
  readonly delay?: number;
  readonly fault?: Fault;
  /** For `trickle`: how large the pieces are and how long the pauses. Default: 1 byte, 10 ms. */
  readonly trickle?: { readonly bytes?: number; readonly pause?: number };
}

/** Answers each request; may be asynchronous, so a test can hold an answer back by a promise. */
export type ReplyHandler = (request: ReceivedRequest) => Reply | Promise<Reply>;

/** Bytes that no parser takes for anything: the same ones for the same length. */
export function garbage(length: number): Uint8Array {
  // 0xf5 and above never occur in UTF-8.
  return Uint8Array.from({ length }, (_, i) => 0xf5 + ((i * 7) % 11));
}

/** A handler that gives each request the next reply; the last one answers all later requests. */
export function inTurn(replies: readonly Reply[]): ReplyHandler {
  const last = replies.length - 1;
  if (last < 0) throw new RangeError('a script of replies needs at least one reply');
  let next = 0;
  return () => replies[Math.min(next++, last)] ?? {};
}
