import type { Exposure } from '@halyard/core';
import { describe, expect, it, vi } from 'vitest';
import { consoleSink, functionSink, memorySink } from '../index.ts';

const exposure = (flagKey: string, more: Partial<Exposure> = {}): Exposure => ({
  id: flagKey,
  flagKey,
  variant: 'warm',
  value: 'red',
  reason: 'SPLIT',
  targetingKey: 'ann',
  context: { targetingKey: 'ann', email: 'ann@example.com' },
  source: 'plain',
  version: '1',
  evaluatedAt: 0,
  origin: 'server',
  ...more,
});
const options = { signal: new AbortController().signal };

describe('consoleSink', () => {
  it('prints a line per exposure, without attributes', () => {
    const info = vi.fn();
    const more = { variant: undefined, value: { a: 1 }, targetingKey: undefined } as const;
    void consoleSink({ console: { info } }).send(
      [exposure('color'), exposure('size', more)],
      options,
    );
    expect(info.mock.calls).toEqual([
      ['[halyard] exposure: color = warm for "ann" (SPLIT, server)'],
      ['[halyard] exposure: size = {"a":1} for nobody in particular (SPLIT, server)'],
    ]);
  });
});

describe('memorySink', () => {
  it('keeps the latest, and no more than its limit', () => {
    const sink = memorySink({ limit: 3 });
    void sink.send(
      ['a', 'b'].map((key) => exposure(key)),
      options,
    );
    void sink.send(
      ['c', 'd'].map((key) => exposure(key)),
      options,
    );
    expect(sink.exposures.map(({ flagKey }) => flagKey)).toEqual(['b', 'c', 'd']);
    sink.clear();
    expect(sink.exposures).toEqual([]);
  });
});

describe('functionSink', () => {
  it('is named by its option, its function, or for what it is', () => {
    expect(functionSink(() => {}, { name: 'mine' }).name).toBe('mine');
    expect(functionSink(function toWarehouse() {}).name).toBe('toWarehouse');
    expect(functionSink(() => {}).name).toBe('function');
    expect(functionSink(() => {}, { maxBatchSize: 5 }).maxBatchSize).toBe(5);
  });
});
