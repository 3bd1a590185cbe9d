import type { FlagValue, Resolution } from '@halyard/core';
import { errorResolution, isJsonObject } from '@halyard/core';
import { resolutionOf } from '../compile/outcome.ts';

/** A flag as the API answers it. */
export interface FlagsmithRemoteFlag {
  readonly feature: { readonly id: number; readonly name: string; readonly type?: string };
  readonly enabled: boolean;
  readonly feature_state_value?: FlagValue | null;
  readonly variant?: string | null;
  /** The engine's reason; not every server tells it. */
  readonly reason?: string;
  readonly metadata?: {
    readonly experiment?: { readonly id?: string | number; readonly in_experiment?: boolean };
  };
}

/** The resolution of a flag that Flagsmith has evaluated; PARSE_ERROR for one that is malformed. */
export function remoteResolution(flag: unknown, hasIdentity: boolean): Resolution {
  const {
    feature,
    enabled,
    feature_state_value: value = null,
    variant,
    reason,
    metadata,
  } = flag as FlagsmithRemoteFlag;
  if (typeof enabled !== 'boolean' || isJsonObject(value)) {
    const message = `flag "${feature.name}": the API answered neither true nor false for \`enabled\`, or an object as its value`;
    return errorResolution('PARSE_ERROR', message);
  }
  const told = typeof reason === 'string' ? reason : undefined;
  const name = typeof variant === 'string' ? variant : null;
  return resolutionOf(
    { name: feature.name, enabled, metadata: { id: feature.id }, ...experimentOf(metadata) },
    {
      value,
      variant: name,
      reason: told ?? 'unknown',
      openFeatureReason: reasonOf(told, name, hasIdentity),
    },
  );
}

function reasonOf(
  reason: string | undefined,
  variant: string | null,
  hasIdentity: boolean,
): Resolution['reason'] {
  if (!hasIdentity) return 'STATIC';
  if (reason?.startsWith('SPLIT')) return 'SPLIT';
  if (reason?.startsWith('DEFAULT')) return 'DEFAULT';
  if (reason !== undefined) return 'TARGETING_MATCH';
  return variant === null ? 'TARGETING_MATCH' : 'SPLIT';
}

function experimentOf(metadata: FlagsmithRemoteFlag['metadata']) {
  const { id, in_experiment } = metadata?.experiment ?? {};
  if (typeof id !== 'string' && typeof id !== 'number') return {};
  return { experiment: { id, isActive: in_experiment !== false } };
}
