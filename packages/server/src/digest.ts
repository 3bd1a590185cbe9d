import { createHash, type Hash } from 'node:crypto';

/**
 * The hash behind every digest. SHA-1, because no other of Node's is faster where processors have
 * instructions for it, and because an application's own definitions are no adversary.
 */
export function newDigest(): Hash {
  return createHash('sha1');
}

/** The digest of a text, or of its UTF-8 bytes: the same for both. */
export function digestOf(text: string | Uint8Array): string {
  return newDigest().update(text).digest('hex');
}
