import {
  errorResolution,
  type FlagMetadata,
  HalyardError,
  type HttpResponse,
  isJsonObject,
  type JsonValue,
  type Resolution,
} from '@halyard/core';

/** What `/flags` answers: the variants that the visitor has. */
export interface MixpanelFlagsAnswer {
  readonly code?: number;
  readonly flags: Readonly<Record<string, MixpanelSelectedVariant>>;
}

/** A variant that Mixpanel selected. */
export interface MixpanelSelectedVariant {
  readonly variant_key: string;
  readonly variant_value: JsonValue;
  readonly experiment_id?: string | null;
  readonly is_experiment_active?: boolean | null;
  readonly is_qa_tester?: boolean | null;
}

/** What the metadata of a flag calls the milliseconds that Mixpanel took to answer; whole ones. */
export const LATENCY = 'mixpanel.latencyMs';

/**
 * The flags of an answer. One that makes no sense is an error of its own.
 *
 * @throws HalyardError REQUEST_FAILED when the answer holds no flags at all.
 */
export function remoteResolutions({
  body,
  durationMs,
}: HttpResponse): ReadonlyMap<string, Resolution> {
  const answer = parseJson(body);
  if (!isJsonObject(answer) || !isJsonObject(answer.flags)) {
    throw unintelligible('it has no `flags`');
  }
  const common = {
    variant_source: 'remote',
    ...(durationMs !== undefined && { [LATENCY]: Math.round(durationMs) }),
  };
  const flags = Object.entries(answer.flags);
  return new Map(flags.map(([key, flag]) => [key, resolutionOf(key, flag, common)]));
}

/** What a flag resolves to that an answer does not have: the visitor has none of its variants. */
export function absentFlag(key: string): Resolution {
  const errorMessage = `flag "${key}" was not found: Mixpanel has no variant of it for this visitor, or no such flag`;
  return { reason: 'DEFAULT', errorCode: 'FLAG_NOT_FOUND', errorMessage };
}

function resolutionOf(key: string, flag: unknown, common: FlagMetadata): Resolution {
  if (!isJsonObject(flag) || typeof flag.variant_key !== 'string' || !('variant_value' in flag)) {
    const message = `flag "${key}": Mixpanel's answer has no variant with a key and a value`;
    return errorResolution('PARSE_ERROR', message);
  }
  return {
    value: flag.variant_value as JsonValue,
    variant: flag.variant_key,
    reason: 'TARGETING_MATCH',
    flagMetadata: { ...factsOf(flag), ...common },
  };
}

/** What Mixpanel says of the variant besides; null says as much as nothing. */
function factsOf(flag: Readonly<Record<string, unknown>>): FlagMetadata {
  const { experiment_id, is_experiment_active, is_qa_tester } = flag;
  return {
    ...(typeof experiment_id === 'string' && { experiment_id }),
    ...(typeof is_experiment_active === 'boolean' && { is_experiment_active }),
    ...(typeof is_qa_tester === 'boolean' && { is_qa_tester }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's words would quote a part of it, and of a credential that it repeats.
    throw unintelligible('it is not JSON');
  }
}

function unintelligible(problem: string): HalyardError {
  const message = `Mixpanel's answer was not understood: ${problem}.`;
  return new HalyardError('mixpanel', 'REQUEST_FAILED', message);
}
