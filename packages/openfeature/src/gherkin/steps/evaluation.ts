import { expect } from 'vitest';
import { type StepDefinition, step } from '../step-table.ts';
import { featureType, parseValue } from '../values.ts';

/** Steps that name a flag and evaluate it. */
export const evaluationSteps: readonly StepDefinition[] = [
  [
    step('an? (\\w+)-flag with key {} and a fallback value {}'),
    (state, [name = '', flagKey = '', fallback = '']) => {
      const type = featureType(name);
      state.flag = { type, flagKey, defaultValue: parseValue(type, fallback) };
    },
  ],
  [
    step('a context containing a key {}, with type {} and with value {}'),
    (state, [key = '', type = '', value = '']) => {
      state.context = { ...state.context, [key]: parseValue(featureType(type), value) };
    },
  ],
  [
    step('a context containing a key {} with null value'),
    (state, [key = '']) => {
      state.context = { ...state.context, [key]: null };
    },
  ],
  [/^the flag was evaluated with details$/, (state) => state.evaluate()],
  [/^the flag was evaluated with details asynchronously$/, (state) => state.evaluate()],
  [
    /^the evaluation should complete without blocking$/,
    ({ wasPending }) => expect(wasPending).toBe(true),
  ],
  [
    /^an evaluation context with modifiable data$/,
    (state) => {
      state.context = { targetingKey: 'modifiable', nested: { list: ['a', 'b'] } };
      state.contextBefore = structuredClone(state.context);
    },
  ],
  [
    /^the original evaluation context should remain unmodified$/,
    ({ context, contextBefore }) => expect(context).toEqual(contextBefore),
  ],
  [
    // The specification makes the metadata immutable (1.4.14.1); the details are the caller's own.
    /^the evaluation details should be immutable$/,
    ({ details }) => expect(Object.isFrozen(details.flagMetadata)).toBe(true),
  ],
];
