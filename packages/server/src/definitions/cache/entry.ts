import type { DefinitionsCodec, FlagDefinitionStamp, Validator } from '@halyard/core';
import { isJsonObject } from '@halyard/core';
import { digestOf } from '../../digest.ts';
import { versionOf } from '../version.ts';

/** An entry of a cache, which anybody may have written, as far as it makes sense. */
export interface Entry {
  /** Undefined where the entry does not say: then it is that of the bodies. */
  readonly digest: string | undefined;
  readonly validator: Validator | undefined;
  readonly fetchedAt: number | undefined;
  readonly generation: number | undefined;
  /** Undefined where the cache says that this worker has them. */
  readonly data: unknown;
}

/** Header values as HTTP allows them: another would make every conditional request fail. */
const SENDABLE = /^[\x20-\x7e\x80-\xff]{1,1024}$/;
const DIGEST = /^[\x21-\x7e]{1,128}$/;

/** Takes from an entry what makes sense. */
export function readEntry(given: object): Entry {
  const { digest, validator, fetchedAt, generation, data } = given as Record<
    keyof FlagDefinitionStamp | 'data',
    unknown
  >;
  return {
    digest: typeof digest === 'string' && DIGEST.test(digest) ? digest : undefined,
    validator: readValidator(validator),
    fetchedAt: typeof fetchedAt === 'number' && Number.isFinite(fetchedAt) ? fetchedAt : undefined,
    generation: readGeneration(generation),
    data: data ?? undefined,
  };
}

/** A generation; undefined for what is none. */
export function readGeneration(given: unknown): number | undefined {
  return Number.isSafeInteger(given) && (given as number) >= 0 ? (given as number) : undefined;
}

function readValidator(given: unknown): Validator | undefined {
  if (!isJsonObject(given)) return undefined;
  const etag = sendable(given.etag);
  const lastModified = sendable(given.lastModified);
  if (etag === undefined && lastModified === undefined) return undefined;
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

function sendable(value: unknown): string | undefined {
  return typeof value === 'string' && SENDABLE.test(value) ? value : undefined;
}

/** The digest of bodies: the one they have when they come over HTTP. */
export function digestOfBodies(bodies: readonly string[]): string {
  return versionOf(bodies.map(digestOf));
}

/** How definitions are cached where no other program uses the same cache: the bodies as they came. */
export const PLAIN_CODEC: DefinitionsCodec = {
  toData: (bodies) => ({ pages: bodies }),
  fromData(data) {
    const pages = isJsonObject(data) ? data.pages : undefined;
    if (!Array.isArray(pages) || pages.length === 0 || pages.some((p) => typeof p !== 'string')) {
      throw new TypeError('what is cached is no list of pages.');
    }
    return pages;
  },
};
