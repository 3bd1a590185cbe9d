import { createHash } from 'node:crypto';

/** The names of what a cache keeps in Redis for one backend and one set of credentials. */
export interface CacheKeys {
  /** A hash: the definitions and what is known of them. */
  readonly entry: string;
  /** Who fetches; expires by itself. */
  readonly lease: string;
  /** The newest fencing token. */
  readonly token: string;
  /** A hash: how many fetches in a row have failed, and until when nobody tries again. */
  readonly failures: string;
  /** Where changes are published. */
  readonly channel: string;
}

/**
 * Keys for one source. Its id is hashed, since it may be long and hold anything. What is in braces makes
 * all of them land in one slot of a cluster, as a script needs.
 */
export function cacheKeys(keyPrefix: string, sourceName: string, sourceId: string): CacheKeys {
  const name = sourceName.replace(/[^\w.-]/g, '_');
  const digest = createHash('sha256').update(sourceId).digest('hex').slice(0, 32);
  const base = `${keyPrefix}{${name}:${digest}}`;
  return {
    entry: `${base}:definitions`,
    lease: `${base}:lease`,
    token: `${base}:token`,
    failures: `${base}:failures`,
    channel: `${base}:changes`,
  };
}
