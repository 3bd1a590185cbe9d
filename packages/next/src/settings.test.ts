import { describe, expect, it } from 'vitest';
import { tableSource } from './fixtures/table-source.ts';
import type { CreateFlagsOptions } from './flags.ts';
import { readSettings } from './settings.ts';

const source = tableSource({});
const wrong = (options: unknown) => () => readSettings(options as CreateFlagsOptions);

describe('a wrong option is refused by name', () => {
  it.each([
    [undefined, 'the options'],
    [{ source, identify: { targetingKey: 'u1' } }, 'identify'],
    [{ source, identifyTimeout: -1 }, 'identifyTimeout'],
    [{ source, identifyTimeout: '1s' }, 'identifyTimeout'],
    [{ source, readyTimeout: Number.NaN }, 'readyTimeout'],
    [{ source, readyTimeout: 2 ** 31 }, 'readyTimeout'],
    [{ source, client: {} }, 'client.flags'],
    [{ source, client: { flags: 'checkout' } }, 'client.flags'],
    [{ source, client: { flags: ['checkout', 1] } }, 'client.flags'],
    [{ source, visitor: { cookie: 'a b' } }, 'visitor.cookie'],
    [{ source, visitor: { maxAge: -1 } }, 'visitor.maxAge'],
  ])('%j', (options, option) => {
    expect(wrong(options)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        message: expect.stringMatching(
          new RegExp(`^\\[halyard\\] \\[createFlags\\] .*${option}.* must be .*createFlags\\(\\)`),
        ),
      }),
    );
  });

  it.each([
    [{}, 'source'],
    [{ source: './flags.json' }, 'source'],
    [{ source, refresh: { interval: -1 } }, 'refresh.interval'],
    [{ source, refresh: { intervall: 5 } }, 'refresh.intervall'],
    [{ source, transport: { timeout: '5s' } }, 'transport.timeout'],
    [{ source, cache: {} }, 'cache.shouldFetchFlagDefinitions'],
    [{ source, exposures: true }, 'exposures'],
    [{ source, exposures: { sink: 'console' } }, 'exposures.sink'],
    [{ source, exposures: { executor: {} } }, 'exposures.executor'],
    [{ source, logger: {} }, 'logger'],
  ])("%j, though it is the client's, which is created later", (options, option) => {
    expect(wrong(options)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        message: expect.stringContaining(`\`${option}`),
      }),
    );
  });
});

describe('what is not said has a default', () => {
  it('for every option', () => {
    const settings = readSettings({ source });
    expect(settings).toMatchObject({
      identifyTimeout: 1000,
      readyTimeout: 1000,
      allowed: new Set(),
      visitor: { name: 'halyard-visitor', maxAge: 31_536_000 },
      logger: console,
    });
    expect(settings.clientOptions.exposures?.executor).toHaveProperty('submit');
  });

  it('and the cache is passed on to the client', () => {
    const cache = {
      shouldFetchFlagDefinitions: () => true,
      getFlagDefinitions: () => undefined,
      onFlagDefinitionsReceived: () => {},
      shutdown: () => {},
    };
    expect(readSettings({ source, cache }).clientOptions.cache).toBe(cache);
  });

  it('and 0 is not nothing', () => {
    expect(readSettings({ source, readyTimeout: 0 }).readyTimeout).toBe(0);
  });
});
