import { randomBytes } from 'node:crypto';

/**
 * The `traceparent` header of a trace that begins here, sampled (W3C Trace Context, section 3.2): no two
 * are the same.
 */
export function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}
