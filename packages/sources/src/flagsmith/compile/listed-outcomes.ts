import { type FlagOutcome, flagOutcome, listOutcomes } from '@halyard/core';
import { compileState } from './compiled-state.ts';
import type { DocumentModel } from './document-model.ts';
import type { Environment } from './environment.ts';
import { IDENTITY_OVERRIDES } from './flag.ts';

/**
 * Everything that a feature is set to, for the environment, for segments and for identities, and the same
 * switched on; switched off at least once. Undefined where there is no such feature, or where it cannot be
 * understood.
 */
export function listedOutcomes(
  name: string,
  environment: Environment<DocumentModel>,
): readonly FlagOutcome[] | undefined {
  const set = listOutcomes(() => settings(name, environment));
  return set && listOutcomes(() => [...set, ...switched(set)]);
}

function* settings(
  name: string,
  environment: Environment<DocumentModel>,
): Generator<FlagOutcome, void> {
  const { states } = environment.flag(name) ?? { states: [] };
  for (const { state } of states) yield* state.outcomes.map(flagOutcome);
  if (states.length > 0) yield* ofIdentities(name, environment.model);
}

/** Of identities with a state of their own. Who reads the flag hears of those that make no sense. */
function* ofIdentities(name: string, model: DocumentModel): Generator<FlagOutcome, void> {
  const { bucketPrefix } = model;
  const scope = { bucketPrefix, segmentName: IDENTITY_OVERRIDES, earlier: [] };
  for (const identifier of Object.keys(model.identitiesOf(name))) {
    const written = model.stateFor(name, identifier);
    if (written === undefined) continue;
    try {
      yield* compileState(written, scope).state.outcomes.map(flagOutcome);
    } catch {
      // An error is no outcome.
    }
  }
}

function* switched(outcomes: readonly FlagOutcome[]): Generator<FlagOutcome, void> {
  for (const outcome of outcomes) yield { ...outcome, enabled: true };
  const isSwitchedOff = outcomes.some(({ enabled }) => enabled === false);
  if (!isSwitchedOff) yield { ...outcomes[0], enabled: false };
}
