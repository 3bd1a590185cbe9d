import { describe, expect, it } from 'vitest';
import { SPEC_BACKENDS, type SpecBackend } from './backends.ts';
import { CONFORMANCE, hasConformanceData, readFeature, type Scenario } from './features.ts';
import { ScenarioState } from './scenario-state.ts';
import { describeSkips, type Side, type Skip, select } from './skips.ts';
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

/** What the features are run against. */
interface Conformance {
  readonly side: Side;
  readonly createWorld: (backend: SpecBackend) => World;
  /** What the provider cannot express. */
  readonly skips: readonly Skip[];
}

/**
 * Runs the OpenFeature specification's features against a provider over each backend, but for what the
 * provider or the backend cannot express; a new world per scenario.
 */
export function describeConformance(provider: string, conformance: Conformance): void {
  describe.each(SPEC_BACKENDS.map((backend) => [backend.name, backend] as const))(
    `the OpenFeature specification's features, with ${provider} over %s`,
    (_name, backend) => describeFeatures(backend, conformance),
  );
}

/** Runs the features over one backend. */
function describeFeatures(backend: SpecBackend, { side, createWorld, skips }: Conformance): void {
  if (!hasConformanceData()) {
    it(`are not at ${CONFORMANCE}: nothing was checked`, () => {
      say(`no OpenFeature features at ${CONFORMANCE} (set HALYARD_CONFORMANCE)`);
    });
    return;
  }
  const scenarios = FEATURES.flatMap(readFeature);
  const applying = [...skips, ...backend.skips].filter(
    (skip) => (skip.side ?? side) === side && (skip.over ?? backend.name) === backend.name,
  );
  const selection = select(scenarios, applying);
  it('have one definition for every step, also of what is left out', () => {
    expect(scenarios.length).toBeGreaterThan(100);
    expect(undefinedSteps(scenarios, STEPS)).toEqual([]);
  });
  it('leave out only what the tables name, and the tables name nothing else', () => {
    say(`${backend.name}: ${selection.run.length} scenarios run`);
    for (const words of backend.reasons) say(`reasons: ${words}`);
    for (const line of describeSkips(selection)) say(line);
    const idle = selection.skipped.filter(({ count }) => count === 0);
    expect(idle, 'entries of the tables that match no scenario').toEqual([]);
  });
  const run = async (scenario: Scenario) => {
    const state = new ScenarioState(createWorld(backend));
    try {
      await runScenario(scenario, state, STEPS);
    } finally {
      await state.world.close();
    }
  };
  it.each(selection.run.map((scenario) => [titleOf(scenario), scenario] as const))(
    '%s',
    (_title, scenario) => run(scenario),
  );
  it.each(selection.failing.map((scenario) => [titleOf(scenario), scenario] as const))(
    'leave out, for it would fail: %s',
    (_title, scenario) => expect(run(scenario)).rejects.toThrow('step failed'),
  );
}

/** The scenario's name and, for rows of an outline, the step that tells them apart. */
function titleOf({ feature, name, steps }: Scenario): string {
  const subject = steps.find(({ text }) => /"|provider status/.test(text))?.text ?? '';
  return `${feature}: ${name}: ${subject}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
