import type { FlagValue, FlagValueType, Resolution, ResolutionReason } from './resolution.ts';

/** What a flag is when it is read as a type that is not its value's own. */
export type TypedValues = { readonly [Type in FlagValueType]?: FlagValue };

/** A flag on its way to the browser. */
export type BootstrapEntry = readonly [key: string, resolution: Resolution, as?: TypedValues];

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
  /** One digit per flag, see {@link REASONS}; anything else stands for UNKNOWN. */
  readonly reasons: string;
  /** Whether every flag is also a switch: as a boolean it is true, unless its value is false. */
  readonly switches?: true;
  /** What else flags are when they are read as types that are not their value's own, by key. */
  readonly as?: Readonly<Record<string, TypedValues>>;
}

/** A flag's state in the browser. */
export interface BootstrapFlag {
  readonly value: FlagValue;
  readonly variant: string | undefined;
  readonly reason: ResolutionReason;
  /** What it is as the types that are not its value's own. */
  readonly as?: TypedValues | undefined;
}

/**
 * What the digits of {@link FlagsBootstrap.reasons} stand for, by their place here. A list, since it is
 * part of what every page loads.
 */
export const REASONS: readonly ResolutionReason[] = [
  'UNKNOWN',
  'STATIC',
  'DEFAULT',
  'TARGETING_MATCH',
  'SPLIT',
  'CACHED',
  'DISABLED',
  'STALE',
  'OVERRIDE',
  'ERROR',
];

/**
 * Packs resolutions for the browser, in the order given: equal input gives equal bytes. Flags
 * without a value are left out: the reader's default applies there as here.
 */
export function encodeBootstrap(
  version: string,
  entries: Iterable<BootstrapEntry>,
  visitor?: string,
): FlagsBootstrap {
  const byKey = new Map<string, BootstrapEntry>();
  for (const entry of entries) {
    const [key, { errorCode, value }] = entry;
    if (errorCode === undefined && value !== undefined) byKey.set(key, entry);
  }
  const values = valuesOf(byKey);
  // The language moves integer-like keys to the front: follow the object, not the input.
  const ordered = Object.keys(values).map((key) => byKey.get(key) as BootstrapEntry);
  const variants = ordered.map(([, { variant }]) => variant ?? null);
  const switches =
    ordered.some(isSwitch) && ordered.every((entry) => isSwitch(entry) || isOn(entry));
  return {
    version,
    ...(visitor !== undefined && { visitor }),
    values,
    reasons: ordered.map(([, { reason }]) => Math.max(0, REASONS.indexOf(reason))).join(''),
    ...(variants.some((variant) => variant !== null) && { variants }),
    ...(switches && { switches }),
    ...otherTypes(ordered, switches),
  };
}

/** Whether a flag is something else when it is read as a boolean. */
function isSwitch([, , as]: BootstrapEntry): boolean {
  return as?.boolean !== undefined;
}

/** Whether a flag is a boolean to begin with. */
function isOn([, { value }]: BootstrapEntry): boolean {
  return typeof value === 'boolean';
}

function otherTypes(
  entries: readonly BootstrapEntry[],
  switches: boolean,
): Pick<FlagsBootstrap, 'as'> {
  const typed = entries.flatMap(([key, { value }, as]) => {
    const { boolean, ...others } = as ?? {};
    const isKnown = boolean === undefined || boolean === (switches ? value !== false : value);
    const told = isKnown ? others : { ...others, boolean };
    return Object.keys(told).length === 0 ? [] : [[key, told] as const];
  });
  return typed.length === 0 ? {} : { as: Object.fromEntries(typed) };
}

const PROTO = '__proto__';

function valuesOf(byKey: ReadonlyMap<string, BootstrapEntry>): Record<string, FlagValue> {
  const values: Record<string, FlagValue> = {};
  for (const [key, { value }] of byKey.values()) {
    if (key !== PROTO && value !== undefined) values[key] = value;
  }
  const value = byKey.get(PROTO)?.[1].value;
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
  const { values, variants, reasons, switches, as }: Partial<FlagsBootstrap> = bootstrap;
  const flags = new Map<string, BootstrapFlag>();
  Object.entries(values ?? {}).forEach(([key, value], i) => {
    if (value === undefined) return;
    flags.set(key, {
      value,
      variant: variants?.[i] ?? undefined,
      reason: REASONS[reasons?.[i] as unknown as number] ?? 'UNKNOWN',
      as: switches ? { boolean: value !== false, ...as?.[key] } : as?.[key],
    });
  });
  return flags;
}
