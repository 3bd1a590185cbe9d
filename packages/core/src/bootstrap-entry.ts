import type { BootstrapEntry } from './bootstrap.ts';
import { type SelectValue, toDetails } from './details.ts';
import {
  type FlagValue,
  type FlagValueType,
  flagValueType,
  type Resolution,
} from './resolution.ts';

const TYPES: readonly FlagValueType[] = ['boolean', 'string', 'number', 'object'];

/** A read that throws gives the default, as one does that finds nothing. */
function selected(
  resolution: Resolution,
  type: FlagValueType,
  select: SelectValue,
): FlagValue | undefined {
  try {
    return select(resolution, type);
  } catch {
    return undefined;
  }
}

/**
 * The parts of a flag that travel to the browser, and what else it is when it is read as other types:
 * the same that reads by the backend's `select` give. Never throws.
 */
export function bootstrapEntry(
  key: string,
  resolution: Resolution,
  select: SelectValue,
): BootstrapEntry {
  const details = toDetails<FlagValue | undefined>(key, undefined, resolution, select);
  const { value, variant, reason, errorCode } = details;
  const own = flagValueType(value);
  const others = TYPES.flatMap((type) => {
    if (errorCode !== undefined) return [];
    const other = selected(resolution, type, select);
    if (type !== own) return other === undefined ? [] : [[type, other] as const];
    // Nothing of its own type, such as a list that is no object to its backend: null is of no type.
    if (other === undefined) return [[type, null] as const];
    // That a flag is off is said even where its value says so: it leaves other types to the reader.
    return resolution.enabled === false ? [[type, other] as const] : [];
  });
  const sent: Resolution = {
    reason,
    ...(value !== undefined && { value }),
    ...(variant !== undefined && { variant }),
    ...(errorCode !== undefined && { errorCode }),
  };
  return others.length === 0 ? [key, sent] : [key, sent, Object.fromEntries(others)];
}
