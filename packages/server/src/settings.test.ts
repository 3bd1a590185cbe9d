import { isHalyardError } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { inlineSource } from './fixtures/plain-source.ts';
import { testCache } from './fixtures/test-cache.ts';
import { background, createFlagClient, type FlagClientOptions, functionSink } from './index.ts';
import { readSettings } from './settings.ts';

const source = inlineSource({});
const cache = testCache();

/** What creating a client with these options fails with. */
function problemOf(options: object): string {
  try {
    createFlagClient({ source, ...options } as FlagClientOptions);
  } catch (error) {
    if (isHalyardError(error) && error.code === 'INVALID_OPTION') return error.message;
    throw error;
  }
  return 'no problem';
}

describe('the options of a client', () => {
  it.each([
    [{ source: undefined }, '`source` is missing', 'flagdFile'],
    [{ source: { ...source, compile: 1 } }, '`source.compile` is 1', 'a function'],
    [{ source: { ...source, name: null } }, '`source.name` is null', 'a string'],
    [{ source: { ...source, definitions: {} } }, '`source.definitions.kind` is missing', "'http'"],
    [
      { source: { ...source, definitions: { kind: 'remote' } } },
      '`source.remote` is missing',
      'there when',
    ],
    [
      { source: { ...source, remote: { request: () => ({}) } } },
      '`source.remote.parse` is missing',
      'a function',
    ],
    [{ source: { ...source, updates: {} } }, '`source.updates.request` is missing', 'a function'],
    [
      { source: { ...source, fallback: { kind: 'http' } } },
      '`source.fallback.kind` is the text "http"',
      "'file' or 'inline'",
    ],
    [{ source: { ...source, refreshInterval: 0 } }, '`refresh.interval` is 0', 'from 1'],
    [{ refresh: 5 }, '`refresh` is 5', 'interval, staleAfter, maxBackoff'],
    [{ refresh: { interval: -1 } }, '`refresh.interval` is -1', 'from 1 to 2147483647'],
    [{ refresh: { interval: Number.NaN } }, '`refresh.interval` is NaN', 'a number'],
    [{ refresh: { interval: '30s' } }, '`refresh.interval` is the text "30s"', 'a number'],
    [{ refresh: { interval: 2 ** 31 } }, '`refresh.interval` is 2147483648', 'to 2147483647'],
    [{ refresh: { staleAfter: -1 } }, '`refresh.staleAfter` is -1', 'at least 0'],
    [{ refresh: { interval: 50, maxBackoff: 49 } }, '`refresh.maxBackoff` is 49', 'from 50'],
    [{ refresh: { intervall: 50 } }, '`refresh.intervall` is 50', 'interval'],
    [{ transport: { timeout: 0 } }, '`transport.timeout` is 0', 'from 1'],
    [{ transport: { maxResponseBytes: 1.5 } }, '`transport.maxResponseBytes` is 1.5', 'whole'],
    [{ transport: { maxAttempts: 0 } }, '`transport.maxAttempts` is 0', 'from 1'],
    [{ exposures: { sink: 'console' } }, '`exposures.sink` is the text "console"', 'a sink'],
    [{ exposures: { sink: [() => {}] } }, '`exposures.sink[0]` is a function', 'functionSink'],
    [
      { exposures: { sink: { ...functionSink(() => {}), maxBatchSize: 0 } } },
      '`exposures.sink.maxBatchSize` is 0',
      'at least 1',
    ],
    [{ exposures: { sink: 'backend' } }, '`exposures.sink` is the text "backend"', '"plain"'],
    [{ exposures: { sink: ['backend'] } }, '`exposures.sink[0]` is the text', 'or false'],
    [
      { source: { ...source, exposures: {} } },
      '`source.exposures.request` is missing',
      'a function',
    ],
    [
      { source: { ...source, exposures: { request: () => ({}), maxBatchSize: 0.5 } } },
      '`source.exposures.maxBatchSize` is 0.5',
      'a whole number',
    ],
    [
      { exposures: { sink: { ...functionSink(() => {}), accepts: true } } },
      '`exposures.sink.accepts` is true',
      'a function',
    ],
    [{ source: { ...source, usage: null } }, '`source.usage.request` is missing', 'a function'],
    [
      { source: { ...source, usage: { request: () => ({}), interval: 0 } } },
      '`source.usage.interval` is 0',
      'from 1 to 2147483647',
    ],
    [{ exposures: { sinks: [] } }, '`exposures.sinks` is an array', 'sink, executor'],
    [{ exposures: { executor: {} } }, '`exposures.executor` is an object', 'background()'],
    [{ exposures: { dedupeWindow: 0 } }, '`exposures.dedupeWindow` is 0', 'from 1'],
    [{ exposures: { maxSubjects: 1 } }, '`exposures.maxSubjects` is 1', 'from 2'],
    [{ exposures: { maxQueued: 0.5 } }, '`exposures.maxQueued` is 0.5', 'a number'],
    [{ exposures: { maxAttempts: 0 } }, '`exposures.maxAttempts` is 0', 'a number'],
    [{ exposures: { sendTimeout: -5 } }, '`exposures.sendTimeout` is -5', 'a number'],
    [{ cache: 'redis://localhost' }, '`cache` is the text', 'shouldFetchFlagDefinitions'],
    [{ cache: {} }, '`cache.shouldFetchFlagDefinitions` is missing', 'a function'],
    [{ cache: { ...cache, shutdown: 1 } }, '`cache.shutdown` is 1', 'a function'],
    [{ cache: { ...cache, subscribe: {} } }, '`cache.subscribe` is an object', 'a function'],
    [{ logger: {} }, '`logger` is an object', 'warn'],
    [{ clock: 5 }, '`clock` is 5', 'Unix milliseconds'],
  ])(
    '%o is refused, naming the option, what it is and what it must be',
    (options, what, expected) => {
      const problem = problemOf(options);
      expect(problem).toContain('[halyard] [server]');
      expect(problem).toContain(what);
      expect(problem).toContain(expected);
    },
  );

  it('may be left out, given as undefined, or come with options of a wrapper', () => {
    expect(problemOf({})).toBe('no problem');
    expect(problemOf({ refresh: { interval: undefined }, exposures: undefined })).toBe(
      'no problem',
    );
    expect(problemOf({ readyTimeout: 5, exposures: { sink: false } })).toBe('no problem');
    expect(problemOf({ refresh: { interval: 2 ** 31 - 1 } })).toBe('no problem');
    expect(problemOf({ refresh: { staleAfter: Number.POSITIVE_INFINITY } })).toBe('no problem');
  });

  it('never show a long text, which may be a credential', () => {
    const secret = 'sk-0123456789-0123456789-0123456789-0123456789';
    expect(problemOf({ refresh: { interval: secret } })).not.toContain('sk-');
  });

  it('refresh as often as the source likes, unless they say otherwise', () => {
    const eager = { ...source, refreshInterval: 60_000 };
    expect(readSettings({ source }).refresh.interval).toBe(30_000);
    expect(readSettings({ source: eager }).refresh).toEqual({
      interval: 60_000,
      staleAfter: 600_000,
      maxBackoff: 300_000,
    });
    expect(readSettings({ source: eager, refresh: { interval: 5 } }).refresh.interval).toBe(5);
  });

  it('of other makers are checked as well', () => {
    expect(() => background({ concurrency: 0 })).toThrow('`background.concurrency` is 0');
    expect(() => functionSink('send' as never)).toThrow('`send` is the text "send"');
    const client = createFlagClient({ source });
    expect(() => client.on('changed' as never, () => {})).toThrow('`event` is the text "changed"');
    expect(() => client.on('ready', 5 as never)).toThrow('the listener of "ready"');
  });
});
