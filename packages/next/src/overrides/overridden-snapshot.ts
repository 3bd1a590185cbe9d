import type { FlagOutcome } from '@halyard/core';
import type { ClientSnapshot } from '@halyard/server';
import { processSlot } from '../process/process-slot.ts';
import { warnOnce } from '../process/warn-once.ts';
import type { Settings } from '../settings.ts';
import type { IdentifyRequest } from '../visitor/options.ts';
import { isAuthorized } from './authorized.ts';
import { optionsOf, outcomeFor } from './choice.ts';
import { type Choices, decodeChoices } from './cookie.ts';
import { describeOutcomes } from './description.ts';

const NONE: Choices = new Map();

/** What the request's cookie chooses; nothing where it does not count, which is warned about. */
export function choicesOf(
  cookies: IdentifyRequest['cookies'],
  { overrides, logger }: Pick<Settings, 'overrides' | 'logger'>,
): Choices {
  const text = overrides && cookies.get(overrides.cookie)?.value;
  if (!overrides || !text) return NONE;
  const { choices, problem } = decodeChoices(text, unixSeconds(), overrides);
  if (problem !== undefined) warnOnce(logger, `the override cookie was ignored: ${problem}.`);
  return choices ?? NONE;
}

/**
 * A visitor's snapshot with what their cookie chooses, as far as it may and the flags can come out so; the
 * same one where that is nothing. Only Next's own signals are thrown.
 */
export async function overriddenSnapshot(
  snapshot: ClientSnapshot,
  request: IdentifyRequest,
  settings: Settings,
): Promise<ClientSnapshot> {
  const { overrides } = settings;
  if (overrides === undefined || snapshot.version === '') return snapshot;
  const choices = choicesOf(request.cookies, settings);
  if (choices.size === 0) return snapshot;
  if (!(await isAuthorized(overrides, settings, request))) return snapshot;
  const chosen = processSlot().detached(() => chosenOutcomes(snapshot, choices, settings));
  return chosen.size === 0 ? snapshot : snapshot.overridden(chosen);
}

/** One choice that no longer makes sense takes no other with it. */
function chosenOutcomes(
  snapshot: ClientSnapshot,
  choices: Choices,
  { clientOptions, logger }: Settings,
): ReadonlyMap<string, FlagOutcome> {
  const { source } = clientOptions;
  const chosen = new Map<string, FlagOutcome>();
  for (const [key, choice] of choices) {
    const outcomes = snapshot.outcomesOf(key);
    const options = optionsOf(outcomes, source);
    const outcome = outcomeFor(choice, options);
    if (outcome !== undefined) chosen.set(key, outcome);
    else {
      const because = outcomes === undefined ? UNLISTED : describeOutcomes(choice, options);
      warnOnce(logger, `the override of "${key}" was ignored: ${because}.`);
    }
  }
  return chosen;
}

const UNLISTED = 'the definitions have no such flag, or do not say what it can come out as';

/** Not read as the page's own clock, which Next would take for one (specs/platform.md §2.4). */
export function unixSeconds(): number {
  return processSlot().detached(() => Math.floor(Date.now() / 1000));
}
