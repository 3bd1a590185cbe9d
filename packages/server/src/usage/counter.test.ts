import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type UsageBatch, UsageCounter } from './counter.ts';

function countsOf(batch: UsageBatch | undefined): [string, number][] {
  return Array.from(batch ?? [], ([key, { count }]) => [key, count]);
}

describe('the counter of reads', () => {
  it('counts no more than 10,000 flags at a time, and says how many reads it lost', () => {
    const counter = new UsageCounter();
    for (let i = 0; i < 10_050; i++) counter.add(`flag-${i}`);
    counter.add('flag-7');
    expect(counter.counters).toEqual({ counted: 10_051, sent: 0, pending: 10_001, lost: 50 });
    const batch = counter.take();
    expect(batch?.size).toBe(10_000);
    counter.add('another');
    if (batch !== undefined) counter.putBack(batch);
    expect(counter.take()?.size).toBe(10_000);
    expect(counter.counters).toMatchObject({ counted: 10_052, sent: 0 });
  });

  it('has nothing to send before a flag was read, and nothing twice', () => {
    const counter = new UsageCounter();
    expect(counter.take()).toBeUndefined();
    counter.add('a');
    expect(countsOf(counter.take())).toEqual([['a', 1]]);
    expect(counter.take()).toBeUndefined();
  });

  it('puts a batch back together with what was counted meanwhile', () => {
    const counter = new UsageCounter();
    for (const key of ['a', 'a', 'b']) counter.add(key);
    const batch = counter.take();
    for (const key of ['b', 'c']) counter.add(key);
    if (batch !== undefined) counter.putBack(batch);
    expect(countsOf(counter.take()).sort()).toEqual([
      ['a', 2],
      ['b', 2],
      ['c', 1],
    ]);
  });

  it('balances, whatever becomes of its batches', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'c') },
      fc.constantFrom('take', 'deliver', 'lose', 'put back', 'close'),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => balance(steps)),
      { seed: 7, numRuns: 500 },
    );
  });
});

function balance(steps: readonly string[]): void {
  const counter = new UsageCounter();
  const batches: UsageBatch[] = [];
  const told = { reads: 0, delivered: 0 };
  const endings: Record<string, (batch: UsageBatch) => void> = {
    deliver(batch) {
      counter.deliver(batch);
      for (const [, count] of countsOf(batch)) told.delivered += count;
    },
    lose: (batch) => counter.lose(batch),
    'put back': (batch) => counter.putBack(batch),
  };
  for (const step of steps) {
    if (step === 'take') batches.push(counter.take() ?? new Map());
    else if (step === 'close') counter.close();
    else if (step in endings) endings[step]?.(batches.pop() ?? new Map());
    else {
      told.reads++;
      counter.add(step);
    }
    const { counted, sent, pending, lost } = counter.counters;
    expect([counted, sent]).toEqual([told.reads, told.delivered]);
    expect(sent + pending + lost).toBe(counted);
    expect(pending).toBeGreaterThanOrEqual(0);
  }
  counter.close();
  for (const batch of batches) counter.putBack(batch);
  expect(counter.counters.pending).toBe(0);
}
