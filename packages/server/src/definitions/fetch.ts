import { setImmediate } from 'node:timers/promises';
import {
  type FlagSource,
  HalyardError,
  type HttpDefinitions,
  type HttpResponse,
  type Validator,
} from '@halyard/core';
import type { Transport } from '../transport.ts';
import { compileDefinitions, invalidDefinitions, understood } from './compile.ts';
import type { Definitions, LoadedDefinitions } from './held.ts';
import { versionOf } from './version.ts';

/** More pages than this are taken for a source that never stops. */
const MAX_PAGES = 1000;

/** What a request brought, with the bodies of all pages where there were any. */
export type FetchResult = LoadedDefinitions & { readonly bodies?: readonly string[] };

/** What definitions are fetched with. */
interface FetchOptions {
  readonly transport: Transport;
  readonly clock: () => number;
}

/** Loads definitions over HTTP, given the ones held. Rejects with a HalyardError. */
export type Fetch = (held: Definitions | undefined, signal: AbortSignal) => Promise<FetchResult>;

/**
 * Loads definitions over HTTP. An answer of 304, and one whose bodies equal those held byte for byte,
 * cost neither a parse nor a compile.
 */
export function fetchDefinitions(
  source: FlagSource,
  origin: HttpDefinitions<unknown>,
  { transport, clock }: FetchOptions,
): Fetch {
  return async (held, signal) => {
    const request = understood(source, () => origin.request(held?.validator));
    const first = await transport.send(request, { signal });
    if (first.status === 304) return confirmed(source, held?.validator, first);
    const bodies = [first.body];
    const digests = [first.digest];
    for (let response = first; ; ) {
      const previous = response;
      const next = understood(source, () => origin.nextPage?.(previous, bodies.length));
      if (next === undefined) break;
      if (bodies.length === MAX_PAGES) {
        throw invalidDefinitions(source, `the definitions have more than ${MAX_PAGES} pages.`);
      }
      response = await transport.send(next, { signal });
      bodies.push(response.body);
      digests.push(response.digest);
    }
    // The first page's validators say nothing about the others.
    const validator = bodies.length === 1 ? validatorOf(first) : undefined;
    const digest = versionOf(digests);
    const loadedAt = clock();
    if (digest === held?.digest) return { kind: 'unchanged', validator, loadedAt, bodies };
    const options = { version: digest, previous: held?.ruleset };
    const parsed = understood(source, () => origin.parse(bodies));
    // The two longest pieces of work of a refresh: in between, everything else gets its turn.
    await setImmediate();
    const ruleset = compileDefinitions(source, () => parsed, options);
    return { kind: 'changed', definitions: { ruleset, digest, validator, loadedAt }, bodies };
  };
}

function confirmed(
  source: FlagSource,
  sent: Validator | undefined,
  response: HttpResponse,
): FetchResult {
  if (sent !== undefined)
    return { kind: 'unchanged', validator: { ...sent, ...validatorOf(response) } };
  throw new HalyardError(
    source.name,
    'REQUEST_FAILED',
    'the backend answered 304 (not modified) although nothing is held yet. Check the cache or proxy in between.',
  );
}

function validatorOf({ headers }: HttpResponse): Validator | undefined {
  const { etag, 'last-modified': date } = headers;
  const lastModified = date !== undefined && isPast(date, headers.date) ? date : undefined;
  if (etag === undefined && lastModified === undefined) return undefined;
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

/**
 * Whether the second of a change was over when the answer was made. Until then another change may get
 * the same date, and a 304 to that date would hide it (RFC 9110, section 8.8.2.2).
 */
function isPast(lastModified: string, answeredAt = ''): boolean {
  // Dates that cannot be read, or are missing, compare as false.
  return Date.parse(lastModified) < Date.parse(answeredAt);
}
