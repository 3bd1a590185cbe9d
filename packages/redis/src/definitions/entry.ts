import {
  type FlagDefinitionCacheEntry,
  type FlagDefinitionStamp,
  isJsonObject,
  type Validator,
} from '@halyard/core';

/**
 * What the script that reads gives, as an entry; undefined for nothing, and for what was not written by
 * this package.
 */
export function decodeEntry(reply: unknown, now: number): FlagDefinitionCacheEntry | undefined {
  if (!Array.isArray(reply)) return undefined;
  const [digest, validator, generation, age, data] = reply as (string | null)[];
  try {
    return {
      digest: String(digest),
      validator: decodeValidator(validator),
      generation: Number(generation),
      fetchedAt: now - Number(age),
      ...(typeof data === 'string' && { data: JSON.parse(data) as unknown }),
    };
  } catch {
    // Not JSON: the next worker that fetches replaces it.
    return undefined;
  }
}

function decodeValidator(text: string | null | undefined): Validator | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const validator: unknown = JSON.parse(text);
  return isJsonObject(validator) ? validator : undefined;
}

export function encodeValidator({ validator }: FlagDefinitionStamp): string {
  return validator === undefined ? '' : JSON.stringify(validator);
}

/** How old definitions are, in whole milliseconds. Clocks differ, ages do not. */
export function ageOf({ fetchedAt }: FlagDefinitionStamp, now: number): number {
  return Math.max(0, Math.round(now - fetchedAt));
}
