import {
  type EvaluationContext,
  HalyardError,
  messageOf,
  type RemoteEvaluation,
} from '@halyard/core';
import { absentFlag, remoteResolutions } from '../wire/remote-answer.ts';
import type { MixpanelApi } from './api.ts';
import { flagsCall } from './flags-call.ts';
import { givenId, isPlainId } from './subject.ts';

/** Evaluation by Mixpanel: one request for the flag that is asked for, or for all of them. */
export function remoteEvaluation(api: MixpanelApi): RemoteEvaluation {
  return {
    request(context, keys) {
      const [first, ...others] = keys ?? [];
      const query: [string, string][] = [['context', contextOf(context)]];
      // It takes one key. Of several, all flags are asked for, so that there is one request.
      if (first !== undefined && others.length === 0) query.push(['flag_key', first]);
      return flagsCall(api, '', query);
    },
    parse: remoteResolutions,
    absent: absentFlag,
  };
}

/** The context as it is, but for an id that is no text: Mixpanel takes no other. */
function contextOf(context: EvaluationContext): string {
  try {
    const id = givenId(context);
    if (id === undefined || id === null || id === '') throw withoutDistinctId();
    return JSON.stringify(isPlainId(id) ? { ...context, distinct_id: String(id) } : context);
  } catch (cause) {
    if (cause instanceof HalyardError) throw cause;
    throw new HalyardError(
      'mixpanel',
      'INVALID_CONTEXT',
      `the evaluation context cannot be sent: ${messageOf(cause)}. Give it attributes that JSON can carry.`,
      { cause },
    );
  }
}

function withoutDistinctId(): HalyardError {
  return new HalyardError(
    'mixpanel',
    'TARGETING_KEY_MISSING',
    'the evaluation context has no `distinct_id`, which is what Mixpanel tells visitors apart by. The targeting key is not it: give both.',
  );
}
