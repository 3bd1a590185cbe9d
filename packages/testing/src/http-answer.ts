import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Fault, ReceivedRequest, Reply } from './http-reply.ts';

const COMPRESS = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

/** Puts a reply on the wire. Returns at once; slow answers go on by themselves until the socket closes. */
export function answer(request: ReceivedRequest, response: ServerResponse, reply: Reply): void {
  const plain = bytesOf(reply.body);
  const body = reply.encoding === undefined ? plain : COMPRESS[reply.encoding](plain);
  writeHeaders(response, reply);
  if (isUnchanged(request, reply)) {
    response.writeHead(304).end();
    return;
  }
  response.statusCode = reply.status ?? 200;
  if (reply.fault !== undefined) {
    FAULTS[reply.fault](response, body, reply);
    return;
  }
  if (reply.stream !== undefined) {
    response.flushHeaders();
    // The client may have left during the delay; nobody would tell the stream any more.
    if (!response.destroyed) reply.stream(response);
    return;
  }
  if (reply.chunked !== true) response.setHeader('content-length', body.length);
  else response.flushHeaders();
  response.end(body);
}

type FaultyAnswer = (response: ServerResponse, body: Buffer, reply: Reply) => void;

const FAULTS: Readonly<Record<Fault, FaultyAnswer>> = {
  reset: (response) => response.socket?.resetAndDestroy(),
  hang: () => {},
  garble: (response) => response.socket?.end('\u0000\u0001 not HTTP at all\r\n\r\n'),
  truncate: (response, body, reply) => {
    announce(response, body, reply);
    response.write(half(body), () => response.socket?.destroy());
  },
  stall: (response, body, reply) => {
    announce(response, body, reply);
    response.write(half(body));
  },
  trickle: (response, body, { trickle }) => {
    const size = trickle?.bytes ?? 1;
    let sent = 0;
    response.setHeader('content-length', body.length);
    const timer = setInterval(() => {
      response.write(body.subarray(sent, sent + size));
      sent += size;
      if (sent < body.length) return;
      clearInterval(timer);
      response.end();
    }, trickle?.pause ?? 10);
    response.on('close', () => clearInterval(timer));
    response.flushHeaders();
  },
};

/** Sends the headers. Of a stream nobody knows the length, and it breaks off before its first byte. */
function announce(response: ServerResponse, body: Buffer, reply: Reply): void {
  if (reply.stream === undefined) response.setHeader('content-length', body.length);
  response.flushHeaders();
}

function half(body: Buffer): Buffer {
  return body.subarray(0, body.length >> 1);
}

function writeHeaders(response: ServerResponse, reply: Reply): void {
  const isJson = reply.body !== undefined && !isText(reply.body);
  if (isJson) response.setHeader('content-type', 'application/json');
  const isCompressed = reply.encoding !== undefined && reply.stream === undefined;
  if (isCompressed) response.setHeader('content-encoding', reply.encoding);
  if (reply.etag !== undefined) response.setHeader('etag', reply.etag);
  if (reply.lastModified !== undefined) response.setHeader('last-modified', reply.lastModified);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
}

function bytesOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function isText(body: unknown): boolean {
  return typeof body === 'string' || body instanceof Uint8Array;
}

/** If-None-Match goes before If-Modified-Since (RFC 9110, section 13.2.2). */
function isUnchanged({ headers }: ReceivedRequest, reply: Reply): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return reply.etag !== undefined && names(tags, reply.etag);
  const since = headers['if-modified-since'];
  return since !== undefined && since === reply.lastModified;
}

/** Whether a list of tags has this one; weak and strong tags compare alike (section 8.8.3.2). */
function names(tags: string | readonly string[], etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return String(tags)
    .split(',')
    .some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag));
}
