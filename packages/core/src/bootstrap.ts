import type { FlagValue, Resolution, ResolutionReason } from './resolution.ts';

/**
 * The resolved map that travels from the server to the browser: values only, no rules, no attributes.
 * `variants` and `reasons` are parallel to the keys of `values`, which keeps 400 flags small.
 */
export interface FlagsBootstrap {
  /** The version of the definitions that were evaluated. */
  readonly version: string;
  /**
   * Tells one visitor from the next within a page, so that each one's exposures count; absent for
   * visitors without a targeting key. Says nothing of who they are: 32 bits of a hash, which many share.
   */
  readonly visitor?: string;
  readonly values: Readonly<Record<string, FlagValue>>;
  /** The variant's name per flag; null where there is none. Absent when no flag has one. */
  readonly variants?: readonly (string | null)[];
  /** One letter per flag, see {@link REASON_LETTERS}. */
  readonly reasons: string;
}

/** A flag's state in the browser. */
export interface BootstrapFlag {
  readonly value: FlagValue;
  readonly variant: string | undefined;
  readonly reason: ResolutionReason;
}

/** How reasons are written in {@link FlagsBootstrap.reasons}. */
export const REASON_LETTERS: Readonly<Record<string, ResolutionReason>> = {
  s: 'STATIC',
  d: 'DEFAULT',
  t: 'TARGETING_MATCH',
  p: 'SPLIT',
  c: 'CACHED',
  o: 'DISABLED',
  u: 'UNKNOWN',
  a: 'STALE',
  e: 'ERROR',
};

/**
 * Packs resolutions for the browser, in the order given: equal input gives equal bytes. Flags
 * without a value are left out: the reader's default applies there as here.
 */
export function encodeBootstrap(
  version: string,
  resolutions: Iterable<readonly [key: string, resolution: Resolution]>,
  visitor?: string,
): FlagsBootstrap {
  const byKey = new Map<string, Resolution>();
  for (const [key, resolution] of resolutions) {
    if (resolution.errorCode === undefined && resolution.value !== undefined) {
      byKey.set(key, resolution);
    }
  }
  const values = valuesOf(byKey);
  const letters = new Map(
    Object.entries(REASON_LETTERS).map(([letter, reason]) => [reason, letter]),
  );
  const variants: (string | null)[] = [];
  let reasons = '';
  let anyVariant = false;
  // The language moves integer-like keys to the front: follow the object, not the input.
  for (const key of Object.keys(values)) {
    const { reason, variant } = byKey.get(key) ?? { reason: 'UNKNOWN' };
    reasons += letters.get(reason) ?? 'u';
    variants.push(variant ?? null);
    anyVariant ||= variant !== undefined;
  }
  return {
    version,
    ...(visitor !== undefined && { visitor }),
    values,
    reasons,
    ...(anyVariant && { variants }),
  };
}

const PROTO = '__proto__';

function valuesOf(byKey: ReadonlyMap<string, Resolution>): Record<string, FlagValue> {
  const values: Record<string, FlagValue> = {};
  for (const [key, { value }] of byKey) {
    if (key !== PROTO && value !== undefined) values[key] = value;
  }
  const value = byKey.get(PROTO)?.value;
  if (value !== undefined) {
    // An own property, and the last one: React drops it from component props, and then the parallel
    // fields of all other flags still fit.
    Object.defineProperty(values, PROTO, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return values;
}

/** Unpacks a {@link FlagsBootstrap}. Tolerates missing or short parallel fields. */
export function decodeBootstrap(bootstrap: FlagsBootstrap): Map<string, BootstrapFlag> {
  const { values, variants, reasons }: Partial<FlagsBootstrap> = bootstrap;
  const flags = new Map<string, BootstrapFlag>();
  Object.keys(values ?? {}).forEach((key, i) => {
    const value = values?.[key];
    if (value === undefined) return;
    flags.set(key, {
      value,
      variant: variants?.[i] ?? undefined,
      reason: REASON_LETTERS[reasons?.[i] ?? 'u'] ?? 'UNKNOWN',
    });
  });
  return flags;
}
