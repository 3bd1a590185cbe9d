import { HalyardError } from '@halyard/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Held, held } from '../fixtures/observe.ts';
import { PlainRuleset } from '../fixtures/plain-source.ts';
import type { LoadResult } from './held.ts';
import { Refresher } from './refresher.ts';

const INTERVAL = 1000;

/** A refresher whose attempts the test ends, and what it has done. */
function refresherUnderTest() {
  const attempts: (Held<LoadResult> & { readonly at: number; readonly signal: AbortSignal })[] = [];
  const glances: Held<LoadResult>[] = [];
  const inUse: string[] = [];
  const failures: string[] = [];
  const refresher = new Refresher({
    part: 'plain',
    refresh: { interval: INTERVAL, maxBackoff: 8 * INTERVAL },
    attemptLimit: 20 * INTERVAL,
    clock: () => Date.now(),
    load: (signal) => {
      const attempt = { ...held<LoadResult>(), at: Date.now(), signal };
      attempts.push(attempt);
      return attempt.promise;
    },
    glance: () => {
      const glance = held<LoadResult>();
      glances.push(glance);
      return glance.promise;
    },
    onLoaded: (result) => {
      if (result.kind === 'changed' && result.definitions.digest === 'poison') {
        throw new TypeError('no ruleset');
      }
      inUse.push(result.kind === 'changed' ? result.definitions.ruleset.version : 'unchanged');
    },
    onFailed: ({ message }) => failures.push(message),
  });
  return { refresher, attempts, glances, inUse, failures };
}

function definitions(version: string): LoadResult {
  const ruleset = new PlainRuleset({}, { version });
  return { kind: 'changed', definitions: { ruleset, digest: version, validator: undefined } };
}

const failure = () => new HalyardError('plain', 'REQUEST_FAILED', 'down.');
const ticks = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('attempts to refresh', () => {
  it('are shared by everybody who asks while one is under way', async () => {
    const { refresher, attempts } = refresherUnderTest();
    const all = Promise.all([refresher.refresh(), refresher.refresh(), refresher.refresh()]);
    expect(attempts).toHaveLength(1);
    attempts[0]?.resolve(definitions('1'));
    await all;
    void refresher.refresh();
    expect(attempts).toHaveLength(2);
  });

  it('begin after the one under way for those who ask for what is there now', async () => {
    const { refresher, attempts, inUse } = refresherUnderTest();
    void refresher.refresh();
    let ended = 0;
    for (let i = 0; i < 2; i++) void refresher.refreshAnew().then(() => ended++);
    attempts[0]?.resolve(definitions('before'));
    await ticks();
    expect([attempts.length, ended]).toEqual([2, 0]);
    attempts[1]?.resolve(definitions('after'));
    await ticks();
    expect([attempts.length, ended, inUse.at(-1)]).toEqual([2, 2, 'after']);
  });

  it('follow each other at the interval, give or take a tenth', async () => {
    const { refresher, attempts } = refresherUnderTest();
    void refresher.refresh();
    for (let i = 0; i < 50; i++) {
      attempts[i]?.resolve({ kind: 'unchanged', validator: undefined });
      await ticks();
      await vi.advanceTimersToNextTimerAsync();
      const pause = (attempts[i + 1]?.at ?? 0) - (attempts[i]?.at ?? 0);
      expect(pause).toBeGreaterThanOrEqual(0.9 * INTERVAL);
      expect(pause).toBeLessThanOrEqual(1.1 * INTERVAL);
    }
    expect(new Set(attempts.map(({ at }) => at % INTERVAL)).size).toBeGreaterThan(10);
  });

  it('that fail are repeated without end, ever more slowly, and never faster than the interval', async () => {
    const { refresher, attempts, failures, inUse } = refresherUnderTest();
    void refresher.refresh();
    for (let i = 0; i < 50; i++) {
      attempts[i]?.reject(failure());
      await ticks();
      await vi.advanceTimersToNextTimerAsync();
    }
    const pauses = attempts.slice(1).map(({ at }, i) => at - (attempts[i]?.at ?? 0));
    expect(failures).toHaveLength(50);
    expect(pauses).toHaveLength(50);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(INTERVAL);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(8 * INTERVAL);
    expect(pauses.at(-1)).toBeGreaterThan(7 * INTERVAL);

    attempts[50]?.resolve(definitions('recovered'));
    await ticks();
    expect(inUse).toEqual(['recovered']);
    await vi.advanceTimersToNextTimerAsync();
    const pause = (attempts[51]?.at ?? 0) - (attempts[50]?.at ?? 0);
    expect(pause).toBeLessThanOrEqual(1.1 * INTERVAL);
  });

  it('wait for as long as the backend asks, each time anew', async () => {
    const { refresher, attempts } = refresherUnderTest();
    void refresher.refresh();
    attempts[0]?.reject(Object.assign(failure(), { retryAfter: '5' }));
    await ticks();
    await vi.advanceTimersToNextTimerAsync();
    attempts[1]?.reject(failure());
    await ticks();
    await vi.advanceTimersToNextTimerAsync();
    const pauses = attempts.slice(1).map(({ at }, i) => at - (attempts[i]?.at ?? 0));
    expect(pauses[0]).toBe(5000);
    expect(pauses[1]).toBeLessThanOrEqual(2 * INTERVAL);
  });

  it('count as failed whatever they throw', async () => {
    const { refresher, attempts, failures } = refresherUnderTest();
    void refresher.refresh();
    attempts[0]?.reject('just a text');
    await ticks();
    expect(failures[0]).toContain('just a text');
  });

  it('whose result cannot be taken over count as failed, and others go on', async () => {
    const { refresher, attempts, inUse, failures } = refresherUnderTest();
    const ended = refresher.refresh();
    attempts[0]?.resolve(definitions('poison'));
    await ended;
    expect(failures).toEqual([expect.stringContaining('no ruleset')]);
    await vi.advanceTimersByTimeAsync(10 * INTERVAL);
    attempts[1]?.resolve(definitions('good'));
    await ticks();
    expect(inUse).toEqual(['good']);
  });

  it('that never end are given up, and others go on', async () => {
    const { refresher, attempts, failures } = refresherUnderTest();
    const waited = refresher.refresh();
    await vi.advanceTimersByTimeAsync(20 * INTERVAL);
    await waited;
    expect(failures[0]).toContain('longer than 20000 ms');
    expect(attempts[0]?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1.2 * INTERVAL);
    expect(attempts).toHaveLength(2);
  });

  it('that were given up never overwrite the result of a newer one', async () => {
    const { refresher, attempts, inUse, failures } = refresherUnderTest();
    void refresher.refresh();
    await vi.advanceTimersByTimeAsync(22 * INTERVAL);
    attempts[1]?.resolve(definitions('newer'));
    await ticks();
    attempts[0]?.resolve(definitions('older'));
    await ticks();
    expect(inUse).toEqual(['newer']);
    expect(failures).toHaveLength(1);
  });

  it('that were given up are still welcome while there is nothing newer', async () => {
    const { refresher, attempts, inUse } = refresherUnderTest();
    void refresher.refresh();
    await vi.advanceTimersByTimeAsync(22 * INTERVAL);
    expect(attempts).toHaveLength(2);
    attempts[0]?.resolve(definitions('late'));
    await ticks();
    attempts[1]?.resolve(definitions('newer'));
    await ticks();
    expect(inUse).toEqual(['late', 'newer']);
  });

  it('are followed by another at once when something changed meanwhile', async () => {
    const { refresher, attempts, inUse } = refresherUnderTest();
    void refresher.refresh();
    refresher.changed();
    refresher.changed();
    attempts[0]?.resolve(definitions('seen too early'));
    await ticks();
    expect(attempts).toHaveLength(2);
    attempts[1]?.resolve(definitions('complete'));
    await ticks();
    expect(inUse).toEqual(['seen too early', 'complete']);
    expect(attempts).toHaveLength(2);
  });

  it('are made out of turn when changes may have been missed, once for each scheduled one', async () => {
    const { refresher, attempts } = refresherUnderTest();
    const end = async (index: number) => {
      attempts[index]?.resolve({ kind: 'unchanged', validator: undefined });
      await ticks();
    };
    void refresher.refresh();
    await end(0);
    for (let i = 0; i < 5; i++) refresher.missed();
    await end(1);
    for (let i = 0; i < 5; i++) refresher.missed();
    expect(attempts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1.1 * INTERVAL);
    expect(attempts).toHaveLength(3);
    // What is under way may have begun before the change.
    refresher.missed();
    await end(2);
    await end(3);
    expect(attempts).toHaveLength(4);
    refresher.missed();
    expect(attempts).toHaveLength(4);
  });

  it('end with the refresher, and whoever waits is released', async () => {
    const { refresher, attempts, inUse, failures } = refresherUnderTest();
    const waited = refresher.refresh();
    refresher.stop();
    await waited;
    expect(attempts[0]?.signal.aborted).toBe(true);
    attempts[0]?.resolve(definitions('too late'));
    await vi.advanceTimersByTimeAsync(100 * INTERVAL);
    await refresher.refresh();
    expect(attempts).toHaveLength(1);
    expect([inUse, failures]).toEqual([[], []]);
  });

  it('tell when the next one is due, and that none is while one is under way', async () => {
    const { refresher, attempts } = refresherUnderTest();
    void refresher.refresh();
    expect(refresher.dueAt).toBe(Number.POSITIVE_INFINITY);
    attempts[0]?.resolve(definitions('1'));
    await ticks();
    expect(refresher.dueAt).toBeGreaterThanOrEqual(Date.now() + 0.9 * INTERVAL);
    expect(refresher.dueAt).toBeLessThanOrEqual(Date.now() + 1.1 * INTERVAL);
  });
});

describe('news that can be had without an attempt', () => {
  it('are had at once, and change nothing about the next attempt', async () => {
    const { refresher, attempts, glances, inUse } = refresherUnderTest();
    void refresher.refresh();
    attempts[0]?.resolve(definitions('1'));
    await ticks();
    const { dueAt } = refresher;
    await vi.advanceTimersByTimeAsync(INTERVAL / 2);
    refresher.glance();
    glances[0]?.resolve(definitions('2'));
    await ticks();
    expect([inUse, refresher.dueAt]).toEqual([['1', '2'], dueAt]);
    await vi.advanceTimersToNextTimerAsync();
    expect(attempts).toHaveLength(2);
  });

  it('wait for what is under way, however often they are told', async () => {
    const { refresher, attempts, glances } = refresherUnderTest();
    void refresher.refresh();
    for (let i = 0; i < 3; i++) refresher.glance();
    expect(glances).toHaveLength(0);
    attempts[0]?.resolve(definitions('1'));
    await ticks();
    for (let i = 0; i < 3; i++) refresher.glance();
    glances[0]?.resolve({ kind: 'kept' });
    await ticks();
    glances[1]?.resolve({ kind: 'kept' });
    await ticks();
    expect([attempts.length, glances.length]).toEqual([1, 2]);
  });

  it('are no answer to whoever asks for an attempt', async () => {
    const { refresher, attempts, glances } = refresherUnderTest();
    refresher.glance();
    let ended = false;
    void refresher.refresh().then(() => {
      ended = true;
    });
    glances[0]?.resolve({ kind: 'kept' });
    await ticks();
    expect([attempts.length, ended]).toEqual([1, false]);
    attempts[0]?.resolve(definitions('1'));
    await ticks();
    expect(ended).toBe(true);
  });

  it('are not looked for when the refresher has stopped', () => {
    const { refresher, glances } = refresherUnderTest();
    refresher.stop();
    refresher.glance();
    expect(glances).toHaveLength(0);
  });
});
