import { expect } from 'vitest';
import type { ScenarioState } from '../scenario-state.ts';
import { type StepDefinition, step } from '../step-table.ts';
import { type FeatureType, featureType, parseValue } from '../values.ts';

/** A quoted or bare literal, as the deprecated feature writes defaults and values. */
const LITERAL = `"?([^"]*)"?`;

/** Steps of the deprecated evaluation feature, which says each thing once per type. */
export const deprecatedSteps: readonly StepDefinition[] = [
  [
    step(`an? (\\w+) flag with key {} is evaluated with (?:details and )?default value ${LITERAL}`),
    (state, [type = '', key = '', text = '']) => evaluate(state, featureType(type), key, text),
  ],
  [
    step('an object flag with key {} is evaluated with (?:details and )?a null default value'),
    (state, [key = '']) => evaluate(state, 'object', key, 'null'),
  ],
  [
    step('a flag with key {} is evaluated with default value {}'),
    (state, [key = '', text = '']) => evaluate(state, 'string', key, text),
  ],
  [
    step(
      'a non-existent string flag with key {} is evaluated with details and a fallback value {}',
    ),
    (state, [key = '', text = '']) => evaluate(state, 'string', key, text),
  ],
  [
    step(
      'a string flag with key {} is evaluated as an integer, with details and a fallback value (\\d+)',
    ),
    (state, [key = '', text = '']) => evaluate(state, 'integer', key, text),
  ],
  [
    step(`the resolved (boolean|string|integer|float) value should be ${LITERAL}`),
    ({ details }, [type = '', text = '']) =>
      expect(details.value).toEqual(parseValue(featureType(type), text)),
  ],
  [
    step(
      'the resolved (\\w+) details value should be ([^,]+), the variant should be {}, and the reason should be {}',
    ),
    (state, [type = '', text = '', variant, named]) => {
      const value = parseValue(featureType(type), text.replaceAll('"', ''));
      expect(state.details).toMatchObject({ value, variant, reason: state.reason(named) });
    },
  ],
  [
    step(
      'the resolved object (?:details )?value should be contain fields {}, {}, and {}, with values {}, {} and (\\d+), respectively',
    ),
    ({ details }, [first = '', second = '', third = '', ...values]) =>
      expect(details.value).toEqual({
        [first]: parseValue('boolean', values[0] ?? ''),
        [second]: values[1],
        [third]: parseValue('integer', values[2] ?? ''),
      }),
  ],
  [
    step('the variant should be {}, and the reason should be {}'),
    (state, [variant, named]) =>
      expect(state.details).toMatchObject({ variant, reason: state.reason(named) }),
  ],
  [
    step('context contains keys {}, {}, {}, {} with values {}, {}, (\\d+), {}'),
    (state, [a = '', b = '', c = '', d = '', ...values]) => {
      state.context = {
        [a]: values[0] ?? '',
        [b]: values[1] ?? '',
        [c]: parseValue('integer', values[2] ?? ''),
        [d]: parseValue('boolean', values[3] ?? ''),
      };
    },
  ],
  [
    step('the resolved string response should be {}'),
    ({ details }, [value]) => expect(details.value).toBe(value),
  ],
  [
    step('the resolved flag value is {} when the context is empty'),
    async (state, [value]) => {
      state.context = {};
      await state.evaluate();
      expect(state.details.value).toBe(value);
    },
  ],
  [
    /^the default (?:string|integer) value should be returned$/,
    ({ details, subject }) => expect(details.value).toBe(subject.defaultValue),
  ],
  [
    step(
      'the reason should indicate an error and the error code should indicate (?:a missing flag|a type mismatch) with {}',
    ),
    ({ details }, [errorCode]) => expect(details).toMatchObject({ reason: 'ERROR', errorCode }),
  ],
];

function evaluate(
  state: ScenarioState,
  type: FeatureType,
  flagKey: string,
  text: string,
): Promise<void> {
  state.flag = { type, flagKey, defaultValue: parseValue(type, text) };
  return state.evaluate();
}
