import type { FlagOutcome, FlagValue, JsonValue } from '@halyard/core';
import { choiceFor, type Options } from './choice.ts';

/** An outcome with what to choose it by. */
export interface Choosable {
  readonly choice: FlagValue;
  readonly outcome: FlagOutcome;
}

/** What can be chosen of a flag, in the definition's order: of all its outcomes, or of the first ones. */
export function choosable(options: Options, limit?: number): readonly Choosable[] {
  return options.outcomes.slice(0, limit).flatMap((outcome) => {
    const choice = choiceFor(outcome, options);
    return choice === undefined ? [] : [{ choice, outcome }];
  });
}

/** Choices that a sentence has room for. */
const MAX_NAMED = 10;

/** Says that a flag cannot come out as given, and as what it can. */
export function describeOutcomes(given: JsonValue, options: Options): string {
  const choices = choosable(options, MAX_NAMED).map(({ choice }) => JSON.stringify(choice));
  const named = choices.join(', ') || 'what its readers have as a default';
  const rest = options.outcomes.length > MAX_NAMED ? ', and more' : '';
  const text = JSON.stringify(given);
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  return `it cannot come out as ${shown}, only as ${named}${rest}`;
}
