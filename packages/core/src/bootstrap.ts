import type { FlagValue, Resolution, ResolutionReason } from './resolution.ts';

/**
 * The resolved map that travels from the server to the browser: values only, no rules, no attributes.
 * `variants` and `reasons` are parallel to the keys of `values`, which keeps 400 flags small.
 */
export interface FlagsBootstrap {
  /** The version of the definitions that were evaluated. */
  readonly version: string;
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

const LETTER_OF = new Map(
  Object.entries(REASON_LETTERS).map(([letter, reason]) => [reason, letter] as const),
);

/**
 * Packs resolutions for the browser, sorted by key so that equal maps are equal bytes. Flags without
 * a value are left out: the reader's default applies there as here.
 */
export function encodeBootstrap(
  version: string,
  resolutions: Iterable<readonly [key: string, resolution: Resolution]>,
): FlagsBootstrap {
  const entries = [...resolutions]
    .filter(([, { value, errorCode }]) => value !== undefined && errorCode === undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // Own-property semantics for every key, `__proto__` included.
  const values: Record<string, FlagValue> = Object.fromEntries(
    entries.map(([key, { value }]) => [key, value as FlagValue]),
  );
  // Integer-like keys are moved to the front by the language; follow the object, not the sort.
  const byKey = new Map(entries);
  const ordered = Object.keys(values).map((key) => byKey.get(key));
  const reasons = ordered.map((r) => LETTER_OF.get(r?.reason ?? 'UNKNOWN') ?? 'u').join('');
  if (ordered.every((r) => r?.variant === undefined)) return { version, values, reasons };
  return { version, values, reasons, variants: ordered.map((r) => r?.variant ?? null) };
}

/** Unpacks a {@link FlagsBootstrap}. Tolerates missing or short parallel fields. */
export function decodeBootstrap(bootstrap: FlagsBootstrap): Map<string, BootstrapFlag> {
  const flags = new Map<string, BootstrapFlag>();
  Object.keys(bootstrap.values).forEach((key, i) => {
    const value = bootstrap.values[key];
    if (value === undefined) return;
    flags.set(key, {
      value,
      variant: bootstrap.variants?.[i] ?? undefined,
      reason: REASON_LETTERS[bootstrap.reasons[i] ?? 'u'] ?? 'UNKNOWN',
    });
  });
  return flags;
}
