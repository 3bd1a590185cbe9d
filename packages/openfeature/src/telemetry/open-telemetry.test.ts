import { type FlagdDocument, flagdDefinitions } from '@halyard/sources/flagd';
import { OpenFeature as Server } from '@openfeature/server-sdk';
import { OpenFeature as Web } from '@openfeature/web-sdk';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootstrapOf } from '../fixtures/bootstrap.ts';
import { QUIET } from '../fixtures/quiet-logger.ts';
import { HalyardServerProvider, openTelemetryHook } from '../server/index.ts';
import { HalyardWebProvider, openTelemetryHook as webTelemetryHook } from '../web/index.ts';

const DOCUMENT: FlagdDocument = {
  metadata: { flagSetId: 'shop', version: '7' },
  flags: {
    color: { state: 'ENABLED', variants: { warm: 'red' }, defaultVariant: 'warm' },
    theme: { state: 'ENABLED', variants: { dark: { hue: 240 } }, defaultVariant: 'dark' },
  },
};

let exporter: InMemoryLogRecordExporter;
let logs: LoggerProvider;

/** The events so far, as OpenTelemetry would export them. */
const events = () =>
  exporter.getFinishedLogRecords().map(({ eventName, attributes }) => ({ eventName, attributes }));

beforeEach(() => {
  exporter = new InMemoryLogRecordExporter();
  logs = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  Server.setLogger(QUIET);
});

afterEach(async () => {
  await Promise.all([Server.clearProviders(), Web.clearProviders(), logs.shutdown()]);
});

async function serverClient(options: Parameters<typeof openTelemetryHook>[1] = {}) {
  const hooks = [openTelemetryHook(logs.getLogger('flags'), options)];
  const source = flagdDefinitions(DOCUMENT);
  await Server.setProviderAndWait(new HalyardServerProvider({ source, hooks, logger: QUIET }));
  return Server.getClient();
}

describe('the hook on the server', () => {
  it('emits what was evaluated, for whom, how and by what', async () => {
    const client = await serverClient();
    await client.getStringValue('color', 'blue', { targetingKey: 'ada' });
    expect(events()).toEqual([
      {
        eventName: 'feature_flag.evaluation',
        attributes: {
          'feature_flag.key': 'color',
          'feature_flag.provider.name': 'halyard/flagd',
          'feature_flag.result.value': 'red',
          'feature_flag.result.variant': 'warm',
          'feature_flag.result.reason': 'static',
          'feature_flag.context.id': 'ada',
          'feature_flag.set.id': 'shop',
          'feature_flag.version': '7',
        },
      },
    ]);
  });

  it('emits objects as JSON', async () => {
    await (await serverClient()).getObjectValue('theme', {});
    expect(events()[0]?.attributes['feature_flag.result.value']).toBe('{"hue":240}');
  });

  it.each([
    ['missing', 'flag_not_found', 'flag "missing" was not found'],
    ['theme', 'type_mismatch', expect.stringContaining('was read as string')],
  ])('emits why a read gave the default: %s', async (key, type, message) => {
    await (await serverClient()).getStringValue(key, 'blue');
    expect(events()[0]?.attributes).toMatchObject({
      'feature_flag.key': key,
      'feature_flag.result.value': 'blue',
      'feature_flag.result.reason': 'error',
      'error.type': type,
      'error.message': message,
    });
  });

  it('emits one event per evaluation, whether or not it is an exposure', async () => {
    const client = await serverClient();
    for (let i = 0; i < 3; i++) await client.getStringValue('color', '', { targetingKey: 'ada' });
    expect(events()).toHaveLength(3);
  });

  it('says what the application adds, and that goes first', async () => {
    const client = await serverClient({
      attributes: ({ context }, { flagKey }) => ({
        'feature_flag.context.id': String(context.distinct_id),
        'shop.flag': flagKey,
      }),
    });
    await client.getStringValue('color', '', { targetingKey: 'ada', distinct_id: 'd-1' });
    expect(events()[0]?.attributes).toMatchObject({
      'feature_flag.context.id': 'd-1',
      'shop.flag': 'color',
    });
  });

  it('emits without it when that throws', async () => {
    const client = await serverClient({
      attributes: () => {
        throw new Error('not now');
      },
    });
    expect(await client.getStringValue('color', '')).toBe('red');
    expect(events()[0]?.attributes['feature_flag.key']).toBe('color');
  });

  it('harms no evaluation when the logger fails', async () => {
    const logger = {
      emit: () => {
        throw new Error('full');
      },
    };
    const source = flagdDefinitions(DOCUMENT);
    const hooks = [openTelemetryHook(logger)];
    await Server.setProviderAndWait(new HalyardServerProvider({ source, hooks, logger: QUIET }));
    const details = await Server.getClient().getStringDetails('color', '');
    expect(details).toMatchObject({ value: 'red', variant: 'warm' });
  });
});

it('the hook in the browser emits the same event', async () => {
  const hooks = [webTelemetryHook(logs.getLogger('flags'))];
  await Web.setContext({ targetingKey: 'ada' });
  Web.setProvider(new HalyardWebProvider(bootstrapOf({ color: 'red' }), { hooks }));
  Web.getClient().getStringValue('color', 'blue');
  expect(events()).toEqual([
    {
      eventName: 'feature_flag.evaluation',
      attributes: {
        'feature_flag.key': 'color',
        'feature_flag.provider.name': 'halyard/web',
        'feature_flag.result.value': 'red',
        'feature_flag.result.variant': '"red"',
        'feature_flag.result.reason': 'targeting_match',
        'feature_flag.context.id': 'ada',
      },
    },
  ]);
});
