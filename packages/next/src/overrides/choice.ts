import {
  type FlagOutcome,
  type FlagSource,
  type FlagValue,
  flagValueType,
  isJsonObject,
  isSameJson,
  type SelectValue,
} from '@halyard/core';

/** What can be chosen of one flag. */
export interface Options {
  readonly outcomes: readonly FlagOutcome[];
  /** The backend's own: what an outcome is when it is read as a type. */
  readonly select: SelectValue;
}

/** What can be chosen of a flag with these outcomes, read by the source as its own method. */
export function optionsOf(
  outcomes: readonly FlagOutcome[] | undefined,
  source: Pick<FlagSource, 'select'>,
): Options {
  return { outcomes: outcomes ?? [], select: (...asked) => source.select(...asked) };
}

/**
 * The outcome that a choice means: the variant of that name, else what is read as that value. Of several,
 * one that is on. Undefined where the flag cannot come out so. Never throws.
 */
export function outcomeFor(choice: FlagValue, options: Options): FlagOutcome | undefined {
  const name = variantName(choice);
  const named = options.outcomes.filter(({ variant }) => name !== undefined && variant === name);
  return firstOn(named) ?? firstOn(valued(choice, options));
}

/** What to choose an outcome by; undefined for one that no choice leads to, such as a reader's default. */
export function choiceFor(outcome: FlagOutcome, options: Options): FlagValue | undefined {
  const { variant, value, enabled } = outcome;
  const candidates = [variant, selected(outcome, undefined, options), value, enabled];
  return candidates.find(
    (candidate) => candidate !== undefined && outcomeFor(candidate, options) === outcome,
  );
}

function valued(choice: FlagValue, options: Options): readonly FlagOutcome[] {
  const type = flagValueType(choice);
  return options.outcomes.filter((outcome) => {
    const value = selected(outcome, type, options);
    return value !== undefined && isSameJson(value, choice);
  });
}

function selected(
  outcome: FlagOutcome,
  type: ReturnType<typeof flagValueType>,
  { select }: Options,
): FlagValue | undefined {
  try {
    return select({ ...outcome, reason: 'OVERRIDE' }, type);
  } catch {
    // Nothing that could be read, and so nothing to choose by.
    return undefined;
  }
}

/** A text names a variant; so does `{ variant: "name" }`, whatever the flag's values are. */
function variantName(choice: FlagValue): string | undefined {
  if (typeof choice === 'string') return choice;
  if (!isJsonObject(choice) || Object.keys(choice).length !== 1) return undefined;
  return typeof choice.variant === 'string' ? choice.variant : undefined;
}

function firstOn(outcomes: readonly FlagOutcome[]): FlagOutcome | undefined {
  return outcomes.find(({ enabled }) => enabled !== false) ?? outcomes[0];
}
