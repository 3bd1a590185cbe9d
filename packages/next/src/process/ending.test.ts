import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Ending, HOLD_AT_END } from './ending.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const NEVER = new Promise<never>(() => {});

/** Whether a promise has settled, as far as the fake clock has come. */
function watched(promise: Promise<void>): { isOver: boolean } {
  const state = { isOver: false };
  promise.then(() => {
    state.isOver = true;
  });
  return state;
}

it('a task that ends is waited for, and leaves no timer', async () => {
  const ending = new Ending();
  await ending.hold(Promise.resolve());
  ending.begin();
  await ending.hold(Promise.resolve());
  expect(vi.getTimerCount()).toBe(0);
});

it('a task that never ends is waited for while the process goes on', async () => {
  const held = watched(new Ending().hold(NEVER));
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect(held.isOver).toBe(false);
});

it('it is let go of a while after the process was told to end', async () => {
  const ending = new Ending();
  const held = watched(ending.hold(NEVER));
  ending.begin();
  await vi.advanceTimersByTimeAsync(HOLD_AT_END - 1);
  expect(held.isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(held.isOver).toBe(true);
});

it('one that begins after that has as long, and no longer', async () => {
  const ending = new Ending();
  ending.begin();
  const held = watched(ending.hold(NEVER));
  await vi.advanceTimersByTimeAsync(HOLD_AT_END);
  expect(held.isOver).toBe(true);
});

it('a task that nobody waits for is waited for in the end, as long as any other', async () => {
  const ending = new Ending();
  let end = () => {};
  ending.follow(
    new Promise<void>((resolve) => {
      end = resolve;
    }),
  );
  ending.begin();
  const last = watched(ending.lastTasks());
  await vi.advanceTimersByTimeAsync(HOLD_AT_END - 1);
  expect(last.isOver).toBe(false);
  end();
  await vi.advanceTimersByTimeAsync(0);
  expect(last.isOver).toBe(true);

  ending.follow(NEVER);
  const hung = watched(ending.lastTasks());
  await vi.advanceTimersByTimeAsync(HOLD_AT_END);
  expect(hung.isOver).toBe(true);
});

it('what a task throws is passed on', async () => {
  await expect(new Ending().hold(Promise.reject(new Error('no')))).rejects.toThrow('no');
});
