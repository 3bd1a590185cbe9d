import {
  bootstrapEntry,
  type EvaluationContext,
  encodeBootstrap,
  type FlagsBootstrap,
  type FlagValueType,
} from '@halyard/core';
import { createFlagClient } from '@halyard/server';
import { type Client, OpenFeature } from '@openfeature/web-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { EVERYWHERE, places, sourceOf } from '../fixtures/places.ts';
import { DEFAULTS, EXPECTED, TYPED_FLAGS, TYPED_READS } from '../fixtures/typed-flags.ts';
import { HalyardWebProvider } from './index.ts';

const { run } = places();

const READS: Readonly<Record<FlagValueType, (client: Client, key: string) => object>> = {
  boolean: (client, key) => client.getBooleanDetails(key, false),
  string: (client, key) => client.getStringDetails(key, 'none'),
  number: (client, key) => client.getNumberDetails(key, -1),
  object: (client, key) => client.getObjectDetails(key, { none: true }),
};

afterEach(() => OpenFeature.clearProviders());

describe.each(EVERYWHERE)('over %s', (_title, { backend, evaluates }) => {
  const expected = EXPECTED[backend.name];

  it('each flag read as each type gives what the server gives', async () => {
    const source = sourceOf(await run(backend, TYPED_FLAGS), evaluates);
    const flags = createFlagClient({ source, logger: { warn: () => {} } });
    OpenFeature.setProvider(
      new HalyardWebProvider(await valuesOf(flags, backend.contextOf('ada'))),
    );
    const client = OpenFeature.getClient();
    for (const [key, type] of TYPED_READS) {
      const value = expected?.[key]?.[type];
      const wanted =
        value === undefined
          ? { value: DEFAULTS[type], reason: 'ERROR', errorCode: 'TYPE_MISMATCH' }
          : { value };
      expect(READS[type](client, key), `${key} as ${type}`).toMatchObject(wanted);
    }
    await flags.close();
  });
});

async function valuesOf(
  flags: ReturnType<typeof createFlagClient>,
  context: EvaluationContext,
): Promise<FlagsBootstrap> {
  const { select } = flags.source;
  const visitor = await flags.load(context);
  const entries = Array.from(visitor.all(), ([key, flag]) => bootstrapEntry(key, flag, select));
  return encodeBootstrap(visitor.version, entries);
}
