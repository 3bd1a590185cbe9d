import {
  errorResolution,
  type FlagMetadata,
  HalyardError,
  isJsonObject,
  type JsonValue,
  messageOf,
  type Resolution,
  type ResolutionReason,
} from '@halyard/core';
import { readPayload } from '../compile/payload.ts';

/** A flag as `/flags?v=2` answers it. */
export interface PosthogRemoteFlag {
  readonly key: string;
  readonly enabled: boolean;
  readonly variant?: string | null;
  readonly reason?: {
    readonly code?: string;
    readonly description?: string | null;
    readonly condition_index?: number | null;
  } | null;
  readonly metadata?: {
    readonly id?: number;
    readonly version?: number;
    readonly payload?: JsonValue;
    readonly has_experiment?: boolean | null;
  } | null;
  /** PostHog could not evaluate the flag. */
  readonly failed?: boolean;
}

/** The answer as a whole. */
export interface PosthogRemoteAnswer {
  readonly flags?: Readonly<Record<string, PosthogRemoteFlag>>;
  readonly errorsWhileComputingFlags?: boolean;
  readonly requestId?: string;
  /** Unix milliseconds. */
  readonly evaluatedAt?: number;
  readonly quotaLimited?: readonly string[] | null;
  readonly minimalFlagCalledEvents?: boolean;
  /** Of older servers: values and payloads by key. */
  readonly featureFlags?: Readonly<Record<string, boolean | string>>;
  readonly featureFlagPayloads?: Readonly<Record<string, JsonValue>>;
}

/**
 * Every flag of an answer, by key.
 *
 * @throws HalyardError REQUEST_FAILED when the answer makes no sense, or says that the quota is used up.
 */
export function remoteResolutions(body: string): ReadonlyMap<string, Resolution> {
  const answer = read(body);
  const { quotaLimited } = answer;
  if (Array.isArray(quotaLimited) && quotaLimited.includes('feature_flags')) {
    throw failed(
      "PostHog did not evaluate the flags, because the quota of requests is used up (quota_limited). Raise the billing limit, or give contexts what the flags' conditions need",
    );
  }
  const shared = sharedMetadata(answer);
  const flags = Object.entries(flagsOf(answer));
  return new Map(flags.map(([key, flag]) => [key, resolutionOf(key, flag, shared)]));
}

function read(body: string): PosthogRemoteAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch (cause) {
    throw notUnderstood(messageOf(cause), cause);
  }
  if (isJsonObject(answer)) return answer as PosthogRemoteAnswer;
  throw notUnderstood('it is no object');
}

function flagsOf(answer: PosthogRemoteAnswer): Readonly<Record<string, unknown>> {
  const { flags, featureFlags, featureFlagPayloads } = answer;
  if (isJsonObject(flags)) return flags;
  if (!isJsonObject(featureFlags)) throw notUnderstood('it holds no flags');
  const payloads = isJsonObject(featureFlagPayloads) ? featureFlagPayloads : {};
  const converted = Object.entries(featureFlags).map(([key, value]) => [
    key,
    {
      key,
      enabled: value !== false,
      variant: typeof value === 'string' ? value : null,
      metadata: { payload: Object.hasOwn(payloads, key) ? payloads[key] : null },
    },
  ]);
  return Object.fromEntries(converted);
}

/** What is said of all flags of an answer. */
function sharedMetadata(answer: PosthogRemoteAnswer): FlagMetadata {
  const { requestId, evaluatedAt, errorsWhileComputingFlags, minimalFlagCalledEvents } = answer;
  return {
    'posthog.locallyEvaluated': false,
    ...(typeof requestId === 'string' && { 'posthog.requestId': requestId }),
    ...(typeof evaluatedAt === 'number' && { 'posthog.evaluatedAt': evaluatedAt }),
    ...(errorsWhileComputingFlags === true && { 'posthog.error': 'errors_while_computing_flags' }),
    ...(minimalFlagCalledEvents === true && { 'posthog.minimalEvents': true }),
  };
}

function resolutionOf(key: string, flag: unknown, shared: FlagMetadata): Resolution {
  const { enabled, variant, metadata, reason, failed } = Object(flag) as PosthogRemoteFlag;
  const flagMetadata = { ...ownMetadata(metadata, reason), ...shared };
  if (failed === true) {
    const message = `flag "${key}" could not be evaluated by PostHog (${reason?.code ?? 'failed'})`;
    return errorResolution('GENERAL', message, flagMetadata);
  }
  if (typeof enabled !== 'boolean') {
    const message = `flag "${key}": PostHog answered neither true nor false for \`enabled\``;
    return errorResolution('PARSE_ERROR', message, flagMetadata);
  }
  const name = enabled && typeof variant === 'string' && variant !== '' ? variant : undefined;
  const written = metadata?.payload;
  const payload = written === undefined || written === null ? null : readPayload(written);
  return {
    value: name ?? enabled,
    enabled,
    reason: reasonFor(enabled, name, reason?.code),
    flagMetadata,
    ...(name !== undefined && { variant: name }),
    ...(payload !== null && { payload }),
  };
}

function ownMetadata(
  metadata: PosthogRemoteFlag['metadata'],
  reason: PosthogRemoteFlag['reason'],
): FlagMetadata {
  const { id, version, has_experiment: hasExperiment } = metadata ?? {};
  const words = reason?.description ?? reason?.code;
  return {
    ...(typeof id === 'number' && { id }),
    ...(typeof version === 'number' && { version }),
    ...(typeof words === 'string' && { 'posthog.reason': words }),
    ...(typeof reason?.code === 'string' && { 'posthog.reasonCode': reason.code }),
    ...(typeof hasExperiment === 'boolean' && { 'posthog.hasExperiment': hasExperiment }),
  };
}

function reasonFor(
  enabled: boolean,
  variant: string | undefined,
  code: string | undefined,
): ResolutionReason {
  if (code === 'flag_disabled') return 'DISABLED';
  if (!enabled) return 'DEFAULT';
  return variant === undefined ? 'TARGETING_MATCH' : 'SPLIT';
}

function notUnderstood(problem: string, cause?: unknown): HalyardError {
  const message = `the answer with the flags was not understood: ${problem}. Check what stands between this process and PostHog`;
  return failed(message, cause);
}

function failed(message: string, cause?: unknown): HalyardError {
  return new HalyardError('posthog', 'REQUEST_FAILED', `${message}.`, { cause });
}
