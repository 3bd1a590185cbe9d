import type { Scenario } from './features.ts';

/** A scenario that does not apply, and why. */
export interface Skip {
  readonly scenario: string;
  /** Narrows the skip to rows with a step that contains this text. Default: every row. */
  readonly withStep?: string;
  /** Narrows the skip to one of the SDKs. Default: both. */
  readonly side?: Side;
  /** Narrows the skip to one backend. Default: all. */
  readonly over?: string;
  /** Set where the scenario would pass, and say nothing. Others are held to fail. */
  readonly isMoot?: true;
  readonly reason: string;
}

/** Which SDK a provider is for. */
export type Side = 'server' | 'web';

/** Scenarios to run, and those that a table leaves out. */
export interface Selection {
  readonly run: readonly Scenario[];
  /** Left out, because they would fail. */
  readonly failing: readonly Scenario[];
  readonly skipped: readonly { readonly skip: Skip; readonly count: number }[];
}

/** Applies a table of skips. */
export function select(scenarios: readonly Scenario[], skips: readonly Skip[]): Selection {
  const skipsOf = (scenario: Scenario) => skips.filter((skip) => matches(skip, scenario));
  return {
    run: scenarios.filter((scenario) => skipsOf(scenario).length === 0),
    failing: scenarios.filter((scenario) => skipsOf(scenario).some(({ isMoot }) => !isMoot)),
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
