import { processSlot } from '../process/process-slot.ts';
import type { Schema } from './schema.ts';

/** Most schemas that a process remembers, over all pages. */
const MAX_SCHEMAS = 100;

/**
 * Remembers a schema for the pages that are made while definitions change: a code may have left the proxy
 * with the ones before, and reach the page, another bundle of the same process, after the change.
 */
export function rememberSchema(schema: Schema): void {
  const { schemas } = processSlot();
  const name = schema.fingerprint.toString('hex');
  // Deleted first: a schema that is back in use is the latest.
  schemas.delete(name);
  schemas.set(name, schema);
  for (const oldest of schemas.keys()) {
    if (schemas.size <= MAX_SCHEMAS) return;
    schemas.delete(oldest);
  }
}

/** The schema that a code refers to, if this process has had it lately. */
export function knownSchema(fingerprint: Buffer): Schema | undefined {
  return processSlot().schemas.get(fingerprint.toString('hex'));
}
