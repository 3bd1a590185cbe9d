import { type Exposure, isJsonObject } from '@halyard/core';

/** An entry of the stream. */
export interface OutboxEntry {
  /** Its id in the stream. */
  readonly id: string;
  /** Undefined for what is no exposure. */
  readonly exposure: Exposure | undefined;
}

/** Reads what a range of the stream gives. Anybody may have written it. */
export function decodeEntries(
  range: readonly (readonly [id: string, fields: readonly string[]])[],
): OutboxEntry[] {
  return range.map(([id, fields]) => ({
    id,
    exposure: decode(fields[fields.indexOf('exposure') + 1]),
  }));
}

function decode(text: string | undefined): Exposure | undefined {
  try {
    const exposure: unknown = JSON.parse(text ?? '');
    const isOne =
      isJsonObject(exposure) &&
      typeof exposure.id === 'string' &&
      typeof exposure.flagKey === 'string';
    return isOne ? (exposure as unknown as Exposure) : undefined;
  } catch {
    // Not JSON, and so nothing of ours.
    return undefined;
  }
}
