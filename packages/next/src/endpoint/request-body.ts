import { Problem } from './problem.ts';

/**
 * A request's body, at most `limit` bytes of it, whatever Content-Length claims or leaves out. Throws a
 * Problem: 413 for a longer one, 400 for one that breaks off.
 */
export async function readBody({ headers, body }: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = () => new Problem(413, `the body must not exceed ${limit} bytes`);
  if (Number(headers.get('content-length')) > limit) throw tooLarge();
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await readChunk(reader);
    if (done) return joined(chunks, size);
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel().catch(() => {
        // The sender is gone already, which is what cancelling asks for.
      });
      throw tooLarge();
    }
    chunks.push(value);
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    throw new Problem(400, 'the body could not be read to its end');
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}
