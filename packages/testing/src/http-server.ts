import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { BoundedLog } from './bounded-log.ts';
import { answer } from './http-answer.ts';
import { inTurn, type ReceivedRequest, type Reply, type ReplyHandler } from './http-reply.ts';

/** A real HTTP server of one test. */
export interface HttpServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The requests so far, oldest first: the newest {@link HttpServerOptions.keep} of them. */
  readonly requests: readonly ReceivedRequest[];
  /** Answers requests from now on. */
  respond(replies: ReplyHandler | readonly Reply[] | Reply): void;
  /** Resolves with the requests once there were at least `count`. */
  received(count: number): Promise<readonly ReceivedRequest[]>;
  /**
   * Stops, breaking open connections. Rejects with what a handler threw first, if one did: its request
   * was answered 500. Closing again does nothing.
   */
  close(): Promise<void>;
}

/** Options of {@link startHttpServer}. */
export interface HttpServerOptions {
  /** Where to listen; lets a server come back where it was. Default: any free port. */
  readonly port?: number;
  /** How many requests are remembered, for servers that run for long. Default: all. */
  readonly keep?: number;
}

/**
 * Starts a server on 127.0.0.1. `replies` is a handler, one reply for all requests, or a script: a
 * reply per request, the last one repeated.
 */
export async function startHttpServer(
  replies: ReplyHandler | readonly Reply[] | Reply,
  options: HttpServerOptions = {},
): Promise<HttpServer> {
  const log = new BoundedLog<ReceivedRequest>(options.keep);
  const failures: unknown[] = [];
  let handler = handlerOf(replies);
  const server = createServer(async (incoming, response) => {
    const body = await readBody(incoming);
    if (body === undefined) return;
    const request = log.add(received(log.total, incoming, body));
    try {
      const reply = await handler(request);
      await pause(reply.delay ?? 0, response);
      answer(request, response, reply);
    } catch (thrown) {
      if (failures.length === 0) failures.push(thrown);
      if (!response.headersSent) response.writeHead(500);
      response.end(String(thrown));
    }
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: log.entries,
    respond(next) {
      handler = handlerOf(next);
    },
    received: (count) => log.reached(count),
    async close() {
      await stop(server);
      const [failure] = failures.splice(0);
      if (failure !== undefined) throw failure;
    },
  };
}

/** A request's body; undefined when the client went away while sending it. */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    // There is nobody left to answer, and the request is not complete enough to count.
    return undefined;
  }
  const body = Buffer.concat(chunks);
  return (incoming.headers['content-encoding'] === 'gzip' ? decompressed(body) : body).toString();
}

/** Bytes that only claim to be gzip stay as they are: whoever wants text in them will find none. */
function decompressed(body: Buffer): Buffer {
  try {
    return gunzipSync(body);
  } catch {
    return body;
  }
}

/** Waits, but not for a client that has gone. */
function pause(ms: number, response: ServerResponse): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function received(
  index: number,
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: string,
): ReceivedRequest {
  return { index, method, url, headers, body };
}

function handlerOf(replies: ReplyHandler | readonly Reply[] | Reply): ReplyHandler {
  if (typeof replies === 'function') return replies;
  return inTurn(isScript(replies) ? replies : [replies]);
}

function isScript(replies: readonly Reply[] | Reply): replies is readonly Reply[] {
  return Array.isArray(replies);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
