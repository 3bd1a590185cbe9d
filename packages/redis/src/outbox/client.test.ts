import { createFlagClient, type FlagClientOptions, memorySink } from '@halyard/server';
import { posthog } from '@halyard/sources/posthog';
import { type RedisServer, startPosthogEmulator, startRedisServer } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectingSink, exposuresOf, openOutbox, submit } from '../fixtures/exposures.ts';
import { documentSource } from '../fixtures/fleet.ts';
import { until } from '../fixtures/workers.ts';
import { type RedisExposureOutboxOptions, redisExposureOutbox } from '../index.ts';

let redis: RedisServer;

beforeEach(async () => {
  redis = await startRedisServer();
});
afterEach(() => redis.close());

const flag = { id: 1, key: 'checkout', active: true, filters: { groups: [{ properties: [] }] } };

describe('an outbox of a client', () => {
  it('hands on to the backend of the source', async () => {
    const emulator = await startPosthogEmulator({ definitions: { flags: [flag] } });
    const { host, projectKey, secretKey } = emulator;
    const outbox = redisExposureOutbox({ url: redis.url });
    const client = createFlagClient({
      source: posthog({ host, projectKey, secretKey }),
      exposures: { sink: outbox },
    });
    await client.ready();
    client.resolve('checkout', false, { targetingKey: 'ann' });
    await client.flush();
    expect(client.status().exposures).toMatchObject({ delivered: 1, failed: 0 });
    await emulator.eventsReceived(1);
    expect(emulator.exposures[0]).toMatchObject({ distinct_id: 'ann' });
    await client.close();
    expect(outbox.counters).toMatchObject({ accepted: 1, delivered: 1 });
    await emulator.close();
  });

  it('is refused where there is no backend to hand on to', () => {
    const sink = redisExposureOutbox({ url: redis.url });
    const create = () =>
      createFlagClient({ source: documentSource('http://127.0.0.1:1'), exposures: { sink } });
    expect(create).toThrow('does not say where its backend takes exposures');
  });

  it('serves one client at a time', async () => {
    const sink = redisExposureOutbox({ url: redis.url, sink: memorySink() });
    const options: FlagClientOptions = {
      source: documentSource('http://127.0.0.1:1'),
      logger: { warn() {} },
      exposures: { sink },
    };
    const client = createFlagClient(options);
    expect(() => createFlagClient(options)).toThrow('was given to two');
    await client.close();
    await createFlagClient(options).close();
  });
});

describe('an outbox whose Redis is down', () => {
  it('hands exposures on directly, and uses it again when it is back', async () => {
    const sink = collectingSink();
    const { outbox, warnings } = openOutbox({ url: redis.url, sink, timeout: 300 });
    await redis.kill();
    await submit(outbox, exposuresOf('a', 3));
    expect(sink.ids).toHaveLength(3);
    expect(outbox.counters).toMatchObject({ accepted: 0, bypassed: 3 });
    expect(warnings).toContainEqual(expect.stringContaining('sent directly'));
    await redis.restart();
    let sent = 0;
    await until(async () => {
      await submit(outbox, exposuresOf(`b${sent++}-`, 1));
      return outbox.counters.accepted > 0;
    });
    await until(() => sink.ids.length === 3 + sent);
    await outbox.close?.();
  });

  it('says so when its sink fails as well, so that they are tried again', async () => {
    await redis.kill();
    const sink = collectingSink(() => Promise.reject(new Error('the sink is down')));
    const { outbox } = openOutbox({ url: redis.url, sink, timeout: 300 });
    await expect(submit(outbox, exposuresOf('a', 1))).rejects.toThrow('the sink is down');
    await outbox.close?.();
  });

  it('frozen, neither waits for long nor keeps anybody from closing', async () => {
    const sink = collectingSink();
    const { outbox } = openOutbox({ url: redis.url, sink, timeout: 200 });
    await submit(outbox, exposuresOf('a', 1));
    redis.freeze();
    await submit(outbox, exposuresOf('b', 1));
    await sink.has(exposuresOf('b', 1));
    await outbox.close?.();
    redis.thaw();
  });
});

describe('the options of an outbox', () => {
  const url = 'redis://localhost:1';

  it.each<[unknown, string]>([
    [{}, '`url`'],
    [{ url, sink: 'console' }, '`sink`'],
    [{ url, sink: { name: 'x' } }, '`sink`'],
    [{ url, name: '' }, '`name`'],
    [{ url, maxLength: 0 }, '`maxLength`'],
    [{ url, lease: 1.5 }, '`lease`'],
    [{ url, lease: 1000, sendTimeout: 1000 }, '`sendTimeout`'],
  ])('%j are refused', (options, option) => {
    const create = () => redisExposureOutbox(options as RedisExposureOutboxOptions);
    expect(create).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        message: expect.stringContaining(`${option} of redisExposureOutbox`),
      }),
    );
  });
});
