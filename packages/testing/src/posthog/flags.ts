import { randomUUID } from 'node:crypto';
import type { Reply } from '../http-reply.ts';
import { flagRecord } from './flag-record.ts';
import type { PosthogEvaluated, PosthogFlagAnswer } from './options.ts';
import type { PosthogDefinitionsLike, PosthogFlagRecord, PosthogFlagsResponse } from './wire.ts';

/** Answers `/flags/` with what was evaluated, or that part of it which was asked for. */
export function flagsAnswer(
  { flags, ...rest }: PosthogEvaluated,
  definitions: PosthogDefinitionsLike,
  wanted: readonly string[] | undefined,
): Reply {
  const keys = Object.keys(flags).filter((key) => wanted?.includes(key) ?? true);
  const entries = keys.map((key) => [key, record(key, flags[key] ?? false, definitions)] as const);
  return reply({
    flags: Object.fromEntries(entries),
    errorsWhileComputingFlags: entries.some(([, { failed }]) => failed === true),
    requestId: randomUUID(),
    evaluatedAt: Date.now(),
    ...(definitions.minimal_flag_called_events === true ? { minimalFlagCalledEvents: true } : {}),
    ...rest,
  });
}

/** Answers `/flags/` for a project that has used up its quota: without a flag. */
export function limitedFlagsAnswer(): Reply {
  return reply({
    flags: {},
    errorsWhileComputingFlags: false,
    requestId: randomUUID(),
    evaluatedAt: Date.now(),
    quotaLimited: ['feature_flags'],
  });
}

function record(
  key: string,
  answer: PosthogFlagAnswer,
  { flags }: PosthogDefinitionsLike,
): PosthogFlagRecord {
  if (typeof answer === 'object') return answer;
  // Of several with one key, the last counts.
  return flagRecord(
    key,
    answer,
    flags.findLast((flag) => flag.key === key),
  );
}

function reply(body: PosthogFlagsResponse): Reply {
  return { body };
}
