import { queryOf } from '../emulator/address.ts';
import { Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import type { FlagsmithDocumentLike, FlagsmithFlag } from './wire.ts';

/** The environment's own values, without segments, variants and overrides. */
export function environmentFlags(document: FlagsmithDocumentLike): readonly FlagsmithFlag[] {
  return document.feature_states.map(({ feature, enabled, feature_state_value }) => ({
    feature,
    enabled,
    feature_state_value: feature_state_value ?? null,
  }));
}

/** Answers `flags/`: all flags, or the one that `feature` names. */
export function flagsAnswer(
  evaluate: () => readonly FlagsmithFlag[],
): (request: ReceivedRequest) => Reply {
  return (request) => {
    const name = queryOf(request).get('feature');
    const flags = evaluate();
    if (name === null) return { body: flags };
    const flag = flags.find(({ feature }) => feature.name === name);
    if (flag === undefined) throw new Refusal(404, 'Given feature not found');
    return { body: flag };
  };
}
