import { isJsonObject, type JsonValue } from '@halyard/core';
import type { PosthogFlag } from '../wire.ts';

/**
 * The payload that goes with a value; undefined where there is none. Flags that are off have none, and
 * neither has what the definition says is null, false, 0 or empty.
 */
export function payloadFor(flag: PosthogFlag, value: boolean | string): JsonValue | undefined {
  const payloads: unknown = flag.filters?.payloads;
  if (value === false || !isJsonObject(payloads)) return undefined;
  const key = String(value);
  const written = Object.hasOwn(payloads, key) ? (payloads[key] as JsonValue) : undefined;
  const payload = written ? readPayload(written) : undefined;
  return payload === null ? undefined : payload;
}

/** Reads a payload as it is written, JSON, a text that holds JSON, or any other text; into a new value. */
export function readPayload(written: JsonValue): JsonValue {
  if (typeof written !== 'string') return JSON.parse(JSON.stringify(written)) as JsonValue;
  try {
    return JSON.parse(written) as JsonValue;
  } catch {
    // What is no JSON is a text.
    return written;
  }
}
