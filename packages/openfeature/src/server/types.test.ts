import type { FlagValueType } from '@halyard/core';
import type {
  Client,
  EvaluationContext,
  EvaluationDetails,
  FlagValue,
} from '@openfeature/server-sdk';
import { describe, expect, it } from 'vitest';
import { EVERYWHERE, places } from '../fixtures/places.ts';
import { DEFAULTS, EXPECTED, TYPED_FLAGS, TYPED_READS } from '../fixtures/typed-flags.ts';

const { register } = places();

type Details = Promise<EvaluationDetails<FlagValue>>;

const READS: Readonly<
  Record<FlagValueType, (client: Client, key: string, context: EvaluationContext) => Details>
> = {
  boolean: (client, key, context) => client.getBooleanDetails(key, false, context),
  string: (client, key, context) => client.getStringDetails(key, 'none', context),
  number: (client, key, context) => client.getNumberDetails(key, -1, context),
  object: (client, key, context) => client.getObjectDetails(key, { none: true }, context),
};

describe.each(EVERYWHERE)('over %s', (_title, place) => {
  const expected = EXPECTED[place.backend.name];
  const context = place.backend.contextOf('ada') as EvaluationContext;

  it.each(TYPED_READS)('the flag "%s" read as %s', async (key, type) => {
    const { client } = await register(place, TYPED_FLAGS);
    const details = await READS[type](client, key, context);
    const value = expected?.[key]?.[type];
    if (value !== undefined) {
      expect(details.value).toEqual(value);
      expect(details.errorCode).toBeUndefined();
      return;
    }
    expect(details).toMatchObject({
      value: DEFAULTS[type],
      reason: 'ERROR',
      errorCode: 'TYPE_MISMATCH',
      errorMessage: expect.stringContaining(`"${key}"`),
    });
    expect(details.variant).toBeUndefined();
  });
});
