import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { newDigest } from '../digest.ts';

/** What {@link readBody} can undo; sent as Accept-Encoding. */
export const ACCEPTED_ENCODINGS = 'gzip, br, deflate';

/** The body is larger than allowed. */
export class BodyTooLarge extends Error {}

/** The body is encoded in a way we did not offer. */
export class UnknownEncoding extends Error {}

/** A body that was read. */
export interface BodyText {
  readonly text: string;
  /** Of its bytes. */
  readonly digest: string;
}

/**
 * Reads a body as text, decompressed. Stops reading, and decompressing, as soon as the result is
 * larger than `maxBytes`, so a small bomb cannot fill the memory.
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
): Promise<BodyText> {
  // A body that is destroyed before its end emits an error. Whoever iterates has heard of it or no
  // longer cares; with no listener at all it would end the process.
  body.on('error', () => {});
  const chunks: Buffer[] = [];
  const hash = newDigest();
  let size = 0;
  for await (const chunk of decoded(body, encoding)) {
    size += chunk.length;
    // Leaving the loop destroys the streams, and with them the connection.
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
    hash.update(chunk);
  }
  return { text: Buffer.concat(chunks, size).toString('utf8'), digest: hash.digest('hex') };
}

/** A body's bytes, decompressed as they come. */
export function decoded(body: Readable, encoding: string | undefined): AsyncIterable<Buffer> {
  switch (encoding?.trim().toLowerCase() || 'identity') {
    case 'identity':
      return body;
    case 'gzip':
    case 'x-gzip':
      return through(body, createGunzip());
    case 'br':
      return through(body, createBrotliDecompress());
    case 'deflate':
      return inflated(body);
    default:
      body.destroy();
      throw new UnknownEncoding(encoding);
  }
}

function through(body: Readable, decompress: Transform): AsyncIterable<Buffer> {
  // Errors reach whoever iterates over the result; the callback is where pipeline wants them heard.
  return pipeline(body, decompress, () => {});
}

/** `deflate` means the zlib format, but some servers send it without its header (RFC 9110, 8.4.1.2). */
async function* inflated(body: Readable): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  async function* whole() {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  const hasHeader = ((first.value[0] ?? 0) & 0x0f) === 8;
  yield* through(Readable.from(whole()), hasHeader ? createInflate() : createInflateRaw());
}
