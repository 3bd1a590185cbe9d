import { isJsonObject } from '@halyard/core';
import { Problem } from './problem.ts';
import { readBody } from './request-body.ts';

/** Bytes: the most that a browser's beacon carries. */
const MAX_BODY = 64 * 1024;
/** Levels: more than anybody writes, and fewer than take the stack of what looks at them. */
const MAX_DEPTH = 100;
/** More than a page shows; the client takes no more at a time either. */
const MAX_KEYS = 500;

/** `FlagsProvider` sends JSON. Text is what a page's own code sends with a string for a beacon. */
const CONTENT_TYPE = /^(?:application\/json|text\/plain)(?:\s*;|$)/i;

/**
 * Why a request is refused as not coming from this site; undefined when it does. Another site could
 * otherwise have its visitors' browsers report to this one. Browsers always send one of the two
 * headers with a POST.
 */
export function originProblem(request: Request, what = 'reports'): string | undefined {
  const { headers } = request;
  const site = headers.get('sec-fetch-site');
  if (site === 'same-origin') return undefined;
  if (site !== null) return `${what} are taken from this site only, not from a ${site} request`;
  const origin = headers.get('origin');
  const host = headers.get('x-forwarded-host')?.split(',', 1)[0]?.trim() ?? headers.get('host');
  if (origin === null) return `${what} are taken from browsers only; the Origin header is missing`;
  if (host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase()) {
    return undefined;
  }
  return `${what} are taken from this site only; the Origin header names another`;
}

/** The body of what a page reports: JSON, an object. Throws a Problem. */
export async function readReport(request: Request): Promise<Readonly<Record<string, unknown>>> {
  if (!CONTENT_TYPE.test(request.headers.get('content-type') ?? '')) {
    throw new Problem(415, 'the body must be application/json or text/plain');
  }
  const body = parseJson(new TextDecoder().decode(await readBody(request, MAX_BODY)));
  if (isDeeper(body, MAX_DEPTH)) {
    throw new Problem(400, `the body must not be nested deeper than ${MAX_DEPTH} levels`);
  }
  return isJsonObject(body) ? body : {};
}

/** The keys of an exposure report, `{ "keys": ["a", "b"] }`. Throws a Problem. */
export function keysOf({ keys }: Readonly<Record<string, unknown>>): readonly string[] {
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

/** Level by level, since the body may be deeper than the stack. */
function isDeeper(body: unknown, levels: number): boolean {
  let nested = objectsOf([body]);
  for (let level = 0; level < levels && nested.length > 0; level++) {
    nested = objectsOf(nested.flatMap((value) => Object.values(value)));
  }
  return nested.length > 0;
}

function objectsOf(values: readonly unknown[]): readonly object[] {
  return values.filter((value) => typeof value === 'object' && value !== null);
}
