import type { HttpRequest } from '@halyard/core';
import type { Agent, Dispatcher } from 'undici';
import { backgroundTimer } from '../timers.ts';
import { decoded } from './body.ts';
import { respond } from './exchange.ts';
import { forward } from './signals.ts';

/** How a stream is followed, and who hears it. */
export interface StreamListener {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Milliseconds without any byte after which the connection is taken for dead. */
  readonly silence: number;
  /** The other side has begun to answer with a stream. */
  onOpen(): void;
  onBytes(bytes: Uint8Array): void;
}

/** The other side has not sent anything for so many milliseconds. */
export class Silence extends Error {
  readonly ms: number;

  constructor(ms: number) {
    super(`nothing came for ${ms} ms`);
    this.ms = ms;
  }
}

/** The answer is no stream of server-sent events. */
export class NoEventStream extends Error {}

const STREAM_HEADERS = { accept: 'text/event-stream', 'accept-encoding': 'identity' };

/**
 * Follows a stream of server-sent events. Resolves when the other side ends it; rejects with whatever
 * ends it otherwise. `timeout` is how many milliseconds the answer may take to begin.
 */
export async function follow(
  agent: Agent,
  request: HttpRequest,
  { signal, silence, onOpen, onBytes, timeout }: StreamListener & { readonly timeout: number },
): Promise<void> {
  const stop = new AbortController();
  const forget = forward([signal], stop);
  let patience = timeout;
  const expire = () => stop.abort(new Silence(patience));
  let timer = backgroundTimer(expire, patience);
  const heard = () => {
    clearTimeout(timer);
    timer = backgroundTimer(expire, patience);
  };
  try {
    const headers = { ...STREAM_HEADERS, ...request.headers };
    // A connection of its own each time: one that was idle in between would hold the process.
    const options = { timeout, signal: stop.signal, reset: true };
    const response = await respond(agent, { ...request, headers }, options);
    requireEventStream(response);
    patience = silence;
    heard();
    onOpen();
    for await (const bytes of decoded(response.body, encodingOf(response))) {
      heard();
      onBytes(bytes);
    }
  } catch (thrown) {
    throw stop.signal.reason instanceof Silence ? stop.signal.reason : thrown;
  } finally {
    clearTimeout(timer);
    forget();
  }
}

function requireEventStream({ statusCode, headers, body }: Dispatcher.ResponseData): void {
  // Destroyed before its end, the body emits an error, which with no listener would end the process.
  body.on('error', () => {});
  const type = String(headers['content-type'] ?? 'no content type');
  if (statusCode === 200 && /^text\/event-stream\b/i.test(type.trim())) return;
  body.destroy();
  throw new NoEventStream(`${statusCode} (${type.slice(0, 100)})`);
}

function encodingOf({ headers }: Dispatcher.ResponseData): string | undefined {
  const encoding = headers['content-encoding'];
  return encoding === undefined ? undefined : String(encoding);
}
