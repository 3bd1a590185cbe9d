import type { Scenario } from './features.ts';

/** A scenario that does not apply, and why. */
export interface Skip {
  readonly scenario: string;
  /** Narrows the skip to rows with a step that contains this text. Default: every row. */
  readonly withStep?: string;
  readonly reason: string;
}

/** Scenarios to run, and those a table leaves out. */
export interface Selection {
  readonly run: readonly Scenario[];
  readonly skipped: readonly { readonly skip: Skip; readonly count: number }[];
}

/** Applies a table of skips. */
export function select(scenarios: readonly Scenario[], skips: readonly Skip[]): Selection {
  return {
    run: scenarios.filter((scenario) => !skips.some((skip) => matches(skip, scenario))),
    skipped: skips.map((skip) => ({
      skip,
      count: scenarios.filter((scenario) => matches(skip, scenario)).length,
    })),
  };
}

/** The table as lines to print. */
export function describeSkips({ skipped }: Selection): string[] {
  return skipped.map(({ skip, count }) => {
    const which = skip.withStep === undefined ? '' : ` (${skip.withStep})`;
    return `skipped ${count} × ${skip.scenario}${which}: ${skip.reason}`;
  });
}

function matches({ scenario, withStep }: Skip, { name, steps }: Scenario): boolean {
  if (name !== scenario) return false;
  return withStep === undefined || steps.some(({ text }) => text.includes(withStep));
}
