import { expect } from 'vitest';
import type { HookStage } from '../hook-record.ts';
import type { ScenarioState } from '../scenario-state.ts';
import { type StepDefinition, step } from '../step-table.ts';
import { featureType, parseValue } from '../values.ts';
import type { Details } from '../world.ts';

/** Where the features' names for the fields of details are found. */
const FIELDS: Readonly<Record<string, keyof Details>> = {
  flag_key: 'flagKey',
  value: 'value',
  variant: 'variant',
  reason: 'reason',
  error_code: 'errorCode',
};

/** Steps about hooks: a client's, and an evaluation's own. */
export const hookSteps: readonly StepDefinition[] = [
  [/^a client with added hook$/, ({ world, hooks }) => world.addClientHook(hooks.hook('client'))],
  [
    step('the {} hook should have been executed'),
    ({ hooks }, [stage]) => expect(hooks.of(stage as HookStage)).toHaveLength(1),
  ],
  [
    step('the {} hooks should be called with evaluation details'),
    (state, [stages = ''], [, ...rows]) => {
      for (const stage of stages.split(', ')) {
        const [call] = state.hooks.of(stage as HookStage);
        expect(call?.details, `details given to ${stage}`).toBeDefined();
        for (const row of rows) expectField(state, call?.details as Details, row);
      }
    },
  ],
  [
    /^evaluation options containing specific hooks$/,
    (state) => {
      state.optionHooks = [state.hooks.hook('first'), state.hooks.hook('second')];
    },
  ],
  [/^the flag was evaluated with details using the evaluation options$/, (s) => s.evaluate()],
  [
    /^the specified hooks should execute during evaluation$/,
    ({ hooks }) => {
      for (const stage of ['before', 'after', 'finally'] as const) {
        expect(hooks.of(stage)).toHaveLength(2);
      }
    },
  ],
  [
    /^the hook order should be maintained$/,
    ({ hooks }) =>
      expect(hooks.calls.map(({ hook, stage }) => `${stage} ${hook}`)).toEqual([
        'before first',
        'before second',
        'after second',
        'after first',
        'finally second',
        'finally first',
      ]),
  ],
];

function expectField(
  state: ScenarioState,
  details: Details,
  [type = '', name = '', text = '']: readonly string[],
): void {
  const field = FIELDS[name];
  if (field === undefined) throw new Error(`the features name an unknown field: ${name}`);
  // The features write what is absent as the word null.
  const named = text === 'null' ? undefined : parseValue(featureType(type), text);
  const expected = field === 'reason' ? state.reason(text) : named;
  expect(details[field], name).toEqual(expected);
}
