import type { Scenario, Step } from './features.ts';
import type { ScenarioState } from './scenario-state.ts';

/** What a step does. Arguments are the pattern's groups; `table` is the step's table, if any. */
export type StepAction = (
  state: ScenarioState,
  args: readonly string[],
  table: readonly (readonly string[])[],
) => void | Promise<void>;

/** A step's wording, with one group for each argument, and what it does. */
export type StepDefinition = readonly [pattern: RegExp, action: StepAction];

/** A quoted argument that may hold escaped quotes, as a group for patterns. */
export const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;

/** A pattern for a whole step; `{}` stands for a quoted argument. */
export function step(wording: string): RegExp {
  return new RegExp(`^${wording.replaceAll('{}', QUOTED)}$`);
}

/** Runs a scenario's steps in order. A step without exactly one definition fails. */
export async function runScenario(
  scenario: Scenario,
  state: ScenarioState,
  definitions: readonly StepDefinition[],
): Promise<void> {
  for (const current of scenario.steps) {
    const [[, action], args] = definitionOf(current, definitions);
    try {
      await action(state, args, current.table ?? []);
    } catch (error) {
      throw new Error(`step failed: ${current.text}`, { cause: error });
    }
  }
}

/** The steps that have no definition, or more than one. */
export function undefinedSteps(
  scenarios: readonly Scenario[],
  definitions: readonly StepDefinition[],
): string[] {
  const texts = new Set(scenarios.flatMap(({ steps }) => steps.map(({ text }) => text)));
  return [...texts].filter((text) => matching(text, definitions).length !== 1);
}

type Match = readonly [definition: StepDefinition, args: string[]];

function definitionOf({ text }: Step, definitions: readonly StepDefinition[]): Match {
  const [only, second] = matching(text, definitions);
  if (only !== undefined && second === undefined) return only;
  throw new Error(`no definition, or more than one, for the step: ${text}`);
}

function matching(text: string, definitions: readonly StepDefinition[]): Match[] {
  return definitions.flatMap((definition) => {
    const match = definition[0].exec(text);
    return match === null ? [] : [[definition, match.slice(1)] as const];
  });
}
