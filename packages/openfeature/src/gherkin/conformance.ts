import { describe, expect, it } from 'vitest';
import { CONFORMANCE, hasConformanceData, readFeature, type Scenario } from './features.ts';
import { ScenarioState } from './scenario-state.ts';
import { describeSkips, type Skip, select } from './skips.ts';
import { runScenario, undefinedSteps } from './step-table.ts';
import { contextMergingSteps } from './steps/context-merging.ts';
import { deprecatedSteps } from './steps/deprecated.ts';
import { detailsSteps } from './steps/details.ts';
import { evaluationSteps } from './steps/evaluation.ts';
import { hookSteps } from './steps/hooks.ts';
import { providerSteps } from './steps/providers.ts';
import type { World } from './world.ts';

const FEATURES = ['evaluation_v2', 'evaluation', 'hooks', 'metadata', 'contextMerging'];

const STEPS = [
  ...providerSteps,
  ...evaluationSteps,
  ...detailsSteps,
  ...hookSteps,
  ...contextMergingSteps,
  ...deprecatedSteps,
];

/** Runs the OpenFeature specification's features against a provider; a new world per scenario. */
export function describeConformance(
  name: string,
  createWorld: () => World,
  skips: readonly Skip[],
): void {
  describe(`the OpenFeature specification's features, ${name}`, () => {
    if (!hasConformanceData()) {
      it(`are not at ${CONFORMANCE}: nothing was checked`, () => {
        say(`no OpenFeature features at ${CONFORMANCE} (set HALYARD_CONFORMANCE)`);
      });
      return;
    }
    const scenarios = FEATURES.flatMap(readFeature);
    const selection = select(scenarios, skips);
    it('have one definition for every step, also of what is left out', () => {
      expect(scenarios.length).toBeGreaterThan(100);
      expect(undefinedSteps(scenarios, STEPS)).toEqual([]);
    });
    it('leave out only what the table names, and the table names nothing else', () => {
      say(`${name}: ${selection.run.length} scenarios run`);
      for (const line of describeSkips(selection)) say(line);
      const idle = selection.skipped.filter(({ count }) => count === 0);
      expect(idle, 'entries of the table that match no scenario').toEqual([]);
    });
    it.each(selection.run.map((scenario) => [titleOf(scenario), scenario] as const))(
      '%s',
      async (_title, scenario) => {
        const state = new ScenarioState(createWorld());
        try {
          await runScenario(scenario, state, STEPS);
        } finally {
          await state.world.close();
        }
      },
    );
  });
}

/** The scenario's name and, for rows of an outline, the step that tells them apart. */
function titleOf({ feature, name, steps }: Scenario): string {
  const subject = steps.find(({ text }) => /"|provider status/.test(text))?.text ?? '';
  return `${feature}: ${name}: ${subject}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
