import { expect } from 'vitest';
import { type StepDefinition, step } from '../step-table.ts';
import { featureType, parseValue } from '../values.ts';

/** Steps that look at what an evaluation gave. */
export const detailsSteps: readonly StepDefinition[] = [
  [
    step('the resolved details value should be {}'),
    ({ details, subject }, [value = '']) =>
      expect(details.value).toEqual(parseValue(subject.type, value)),
  ],
  [
    step('the reason should be {}'),
    (state, [reason]) => expect(state.details.reason).toBe(state.reason(reason)),
  ],
  [
    step('the error-code should be {}'),
    ({ details }, [code]) => expect(details.errorCode).toBe(code),
  ],
  [step('the flag key should be {}'), ({ details }, [key]) => expect(details.flagKey).toBe(key)],
  [
    step('the variant should be {}'),
    ({ details }, [variant]) => expect(details.variant).toBe(variant),
  ],
  [
    /^the resolved metadata should contain$/,
    ({ details }, _args, [, ...rows]) => {
      for (const [key = '', type = '', value = ''] of rows) {
        expect(details.flagMetadata[key]).toBe(parseValue(featureType(type), value));
      }
    },
  ],
  [/^the resolved metadata is empty$/, ({ details }) => expect(details.flagMetadata).toEqual({})],
];
