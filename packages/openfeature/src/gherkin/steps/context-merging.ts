import { expect } from 'vitest';
import { type StepDefinition, step } from '../step-table.ts';
import type { ContextLevel } from '../world.ts';

/** Steps about which level's context wins. */
export const contextMergingSteps: readonly StepDefinition[] = [
  [
    /^a stable provider with retrievable context is registered$/,
    ({ world }) => world.useRecordingProvider(),
  ],
  [
    step('A context entry with key {} and value {} is added to the {} level'),
    ({ world }, [key = '', value = '', level = '']) =>
      world.addContext(level as ContextLevel, { [key]: value }),
  ],
  [
    /^A table with levels of increasing precedence$/,
    (state, _args, rows) => {
      state.levels = rows.map(([level = '']) => level);
    },
  ],
  [
    // Each level gets its own name as value, so that only the last one written can give the last name.
    step(
      'Context entries for each level from API level down to the {} level, with key {} and value {}',
    ),
    ({ world, levels }, [last = '', key = '']) => {
      for (const level of levels.slice(0, levels.indexOf(last) + 1)) {
        world.addContext(level as ContextLevel, { [key]: level });
      }
    },
  ],
  [
    /^Some flag was evaluated$/,
    (state) => {
      state.flag = { type: 'boolean', flagKey: 'some-flag', defaultValue: false };
      return state.evaluate();
    },
  ],
  [
    step('The merged context contains an entry with key {} and value {}'),
    ({ world }, [key = '', value]) => expect(world.recordedContext()[key]).toBe(value),
  ],
];
