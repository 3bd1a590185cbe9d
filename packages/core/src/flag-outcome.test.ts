import { describe, expect, it } from 'vitest';
import { flagOutcome, listOutcomes } from './flag-outcome.ts';

describe('the outcome of a resolution', () => {
  it('is what it says of the flag, and nothing of how it came about', () => {
    const resolution = {
      value: null,
      variant: 'red',
      enabled: false,
      payload: [1],
      reason: 'SPLIT',
      flagMetadata: { id: 7 },
    } as const;
    expect(flagOutcome(resolution)).toEqual({
      value: null,
      variant: 'red',
      enabled: false,
      payload: [1],
    });
    expect(Object.keys(flagOutcome({ reason: 'DISABLED' }))).toEqual([]);
  });
});

describe('a list of outcomes', () => {
  it('has each of them once, in the order given', () => {
    const outcomes = [{ variant: 'b' }, { variant: 'a' }, { variant: 'b' }, {}, { value: null }];
    expect(listOutcomes(() => outcomes)).toEqual([
      { variant: 'b' },
      { variant: 'a' },
      {},
      { value: null },
    ]);
  });

  it('tells a payload from none, and on from off', () => {
    const outcomes = [
      { value: 1, enabled: true },
      { value: 1, enabled: false },
      { value: 1, enabled: true, payload: {} },
    ];
    expect(listOutcomes(() => outcomes)).toHaveLength(3);
  });

  it('is none where there is nothing to list', () => {
    expect(listOutcomes(() => undefined)).toBeUndefined();
    expect(listOutcomes(() => [])).toBeUndefined();
  });

  it('ends where nobody could choose from it, even if the outcomes do not', () => {
    function* numbers() {
      for (let value = 0; ; value++) yield { value };
    }
    const upTo = (count: number) => Array.from({ length: count }, (_, value) => ({ value }));
    expect(listOutcomes(numbers)).toBeUndefined();
    expect(listOutcomes(() => upTo(1000))).toHaveLength(1000);
    expect(listOutcomes(() => upTo(1001))).toBeUndefined();
  });

  it('is none where the outcomes cannot be read', () => {
    const hostile = () => {
      throw new Error('the definition is hostile');
    };
    expect(listOutcomes(hostile)).toBeUndefined();
    let deep: unknown = 1;
    for (let i = 0; i < 50_000; i++) deep = [deep];
    expect(listOutcomes(() => [{ value: deep as never }])).toBeUndefined();
  });
});
