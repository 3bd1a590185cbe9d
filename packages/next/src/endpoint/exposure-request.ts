import { isJsonObject } from '@halyard/core';
import { Problem } from './problem.ts';

/** Bytes: the most that a browser's beacon carries. */
const MAX_BODY = 64 * 1024;
/** More than a page shows; the client takes no more at a time either. */
const MAX_KEYS = 500;

/** `FlagsProvider` sends JSON. Text is what a page's own code sends with a string for a beacon. */
const CONTENT_TYPE = /^(?:application\/json|text\/plain)(?:\s*;|$)/i;

/**
 * Why a request is refused as not coming from this site; undefined when it does. Another site could
 * otherwise have its visitors' browsers count exposures here. Browsers always send one of the two
 * headers with a POST.
 */
export function originProblem(request: Request): string | undefined {
  const { headers } = request;
  const site = headers.get('sec-fetch-site');
  if (site === 'same-origin') return undefined;
  if (site !== null) return `exposures are taken from this site only, not from a ${site} request`;
  const origin = headers.get('origin');
  const host = headers.get('x-forwarded-host')?.split(',', 1)[0]?.trim() ?? headers.get('host');
  if (origin === null)
    return 'exposures are taken from browsers only; the Origin header is missing';
  if (host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase()) {
    return undefined;
  }
  return 'exposures are taken from this site only; the Origin header names another';
}

/** The keys in the body of an exposure report, `{ "keys": ["a", "b"] }`. Throws a Problem. */
export async function readKeys(request: Request): Promise<readonly string[]> {
  if (!CONTENT_TYPE.test(request.headers.get('content-type') ?? '')) {
    throw new Problem(415, 'the body must be application/json or text/plain');
  }
  const body = parseJson(await readBounded(request));
  const keys = isJsonObject(body) ? body.keys : undefined;
  if (!Array.isArray(keys)) throw new Problem(400, 'the body must be {"keys": ["flag-key", …]}');
  if (keys.length > MAX_KEYS) throw new Problem(400, `at most ${MAX_KEYS} keys at a time`);
  // Nothing else about them matters: one that names no flag is ignored, and must not take those with
  // it that do, since nobody reads the answer to a beacon.
  if (!keys.every((key) => typeof key === 'string')) {
    throw new Problem(400, 'every key must be a string');
  }
  return keys;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'the body is not JSON');
  }
}

/** Reads no more than the bound, whatever Content-Length claims or leaves out. */
async function readBounded({ headers, body }: Request): Promise<string> {
  const tooLarge = () => new Problem(413, `the body must not exceed ${MAX_BODY} bytes`);
  if (Number(headers.get('content-length')) > MAX_BODY) throw tooLarge();
  if (body === null) return '';
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await readChunk(reader);
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > MAX_BODY) {
      await reader.cancel().catch(() => {
        // The sender is gone already, which is what cancelling asks for.
      });
      throw tooLarge();
    }
    text += decoder.decode(value, { stream: true });
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    throw new Problem(400, 'the body could not be read to its end');
  }
}
