import type { PosthogFlagLike, PosthogFlagRecord } from './wire.ts';

/** The record of a flag that has this value. A flag that the definitions do not have has the id 0. */
export function flagRecord(
  key: string,
  value: boolean | string,
  flag: PosthogFlagLike | undefined,
): PosthogFlagRecord {
  const enabled = value !== false;
  return {
    key,
    enabled,
    variant: typeof value === 'string' ? value : null,
    reason: { code: enabled ? 'condition_match' : 'no_condition_match', condition_index: null },
    metadata: {
      id: flag?.id ?? 0,
      version: flag?.version ?? 1,
      description: flag?.name ?? null,
      payload: enabled ? payloadOf(flag, String(value)) : null,
      has_experiment: flag?.has_experiment ?? null,
    },
  };
}

function payloadOf(flag: PosthogFlagLike | undefined, value: string): string | null {
  const payloads = flag?.filters?.payloads ?? {};
  const payload = Object.hasOwn(payloads, value) ? payloads[value] : undefined;
  if (payload === undefined || payload === null) return null;
  return typeof payload === 'string' ? payload : JSON.stringify(payload);
}
