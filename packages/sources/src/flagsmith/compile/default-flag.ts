import type { FlagValue, Resolution } from '@halyard/core';
import { invalidOption } from '../requests/api.ts';
import { resolutionOf } from './outcome.ts';

/** What a flag is that Flagsmith does not have; undefined for a flag that does not exist. */
export type DefaultFlag = (
  name: string,
) => { readonly enabled: boolean; readonly value?: FlagValue | null } | undefined;

/**
 * Turns the application's default flags into resolutions, marked as such.
 *
 * @throws HalyardError INVALID_OPTION when the option is not a function.
 */
export function defaultFlags(
  defaultFlag: DefaultFlag | undefined,
): ((name: string) => Resolution | undefined) | undefined {
  if (defaultFlag === undefined) return undefined;
  if (typeof defaultFlag !== 'function') {
    throw invalidOption('`defaultFlag` must be a function from a name to `{ enabled, value }`');
  }
  return (name) => {
    const flag = defaultFlag(name);
    if (flag === undefined || flag === null) return undefined;
    const resolution = resolutionOf(
      { name, enabled: flag.enabled === true, metadata: undefined },
      { value: flag.value ?? null, variant: null, reason: 'DEFAULT', openFeatureReason: 'DEFAULT' },
    );
    const flagMetadata = { ...resolution.flagMetadata, isDefault: true };
    return { ...resolution, flagMetadata, isDefault: true };
  };
}
