import { promisify } from 'node:util';
import { gzip as zip } from 'node:zlib';
import { HalyardError, type HttpRequest, type HttpResponse } from '@halyard/core';
import type { Agent, Dispatcher } from 'undici';
import { ACCEPTED_ENCODINGS, readBody } from './body.ts';
import { basicAuthorization } from './redaction.ts';
import { newTraceparent } from './trace.ts';

const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** What another origin may be told. Everything else may be a credential under any name. */
const HARMLESS = /^(accept|accept-encoding|accept-language|user-agent|if-.*)$/i;

/** An answer, read to its end. */
export interface Answer extends HttpResponse {
  /** The digest of the body's bytes, decompressed: made as they come in, not all at once. */
  readonly digest: string;
}

/** What bounds a request until its answer begins. */
export interface RequestLimits {
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Whether its connection is for it alone. Default: false. */
  readonly reset?: boolean;
}

/** What bounds an exchange. */
export interface ExchangeLimits extends RequestLimits {
  readonly maxResponseBytes: number;
}

/** A redirect that is not followed. */
export class BadRedirect extends Error {}

/** Makes a request, follows redirects of GET, and reads the whole answer, whatever its status. */
export async function exchange(
  agent: Agent,
  request: HttpRequest,
  limits: ExchangeLimits,
): Promise<Answer> {
  return complete(await respond(agent, request, limits), limits);
}

/** Makes a request and follows redirects of GET. The answer's body is for the caller to read. */
export async function respond(
  agent: Agent,
  request: HttpRequest,
  limits: RequestLimits,
): Promise<Dispatcher.ResponseData> {
  const method = request.method ?? 'GET';
  let url = new URL(request.url);
  let headers = headersOf(request);
  const body = await bodyOf(request);
  for (let redirects = 0; ; redirects++) {
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers,
      body: body ?? null,
      signal: limits.signal,
      headersTimeout: limits.timeout,
      // A stream's silence is its follower's business.
      bodyTimeout: limits.reset === true ? 0 : limits.timeout,
      reset: limits.reset === true,
    });
    const target = redirectOf(response, url);
    if (target === undefined || method !== 'GET') return response;
    await response.body.dump();
    if (redirects === MAX_REDIRECTS) throw new BadRedirect(`more than ${MAX_REDIRECTS} redirects`);
    if (url.protocol === 'https:' && target.protocol !== 'https:') {
      throw new BadRedirect('a redirect from https to http');
    }
    if (target.origin !== url.origin) headers = withoutCredentials(headers);
    url = target;
  }
}

/** Compressed off the event loop: batches of exposures are large and full of repetition. */
async function bodyOf({ body, gzip }: HttpRequest): Promise<string | Buffer | undefined> {
  return body === undefined || !gzip ? body : compress(body);
}

const compress = promisify(zip);

function headersOf({ headers = {}, auth, body, gzip, trace }: HttpRequest): Record<string, string> {
  const all: Record<string, string> = { 'accept-encoding': ACCEPTED_ENCODINGS };
  if (body !== undefined && gzip) all['content-encoding'] = 'gzip';
  if (auth !== undefined) all.authorization = basicAuthorization(auth);
  if (trace) all.traceparent = newTraceparent();
  if (body !== undefined) all['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(headers)) all[name.toLowerCase()] = value;
  return all;
}

function withoutCredentials(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.test(name)));
}

function redirectOf(response: Dispatcher.ResponseData, from: URL): URL | undefined {
  const { location } = response.headers;
  if (!REDIRECTS.has(response.statusCode) || typeof location !== 'string') return undefined;
  if (URL.canParse(location, from.href)) return new URL(location, from);
  // A body that nobody reads would keep its connection for good.
  response.body.on('error', () => {}).destroy();
  throw new BadRedirect('a redirect to an invalid address');
}

async function complete(
  response: Dispatcher.ResponseData,
  { maxResponseBytes }: ExchangeLimits,
): Promise<Answer> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name.toLowerCase()] = String(value);
  }
  const read = await readBody(response.body, headers['content-encoding'], maxResponseBytes);
  return { status: response.statusCode, headers, body: read.text, digest: read.digest };
}

/** Checks what would otherwise fail somewhere within, with a message that names no address. */
export function requireHttp(request: HttpRequest): void {
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return;
  throw new HalyardError(
    'transport',
    'REQUEST_FAILED',
    'the address of a request is not a valid http or https URL. Correct it in the source or sink.',
  );
}
