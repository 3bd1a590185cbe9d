import { expect, it } from 'vitest';
import { fakeClock } from './index.ts';

it('stands still until it is moved', () => {
  const { now, advance } = fakeClock(1_000);
  expect([now(), now()]).toEqual([1_000, 1_000]);
  advance(250);
  expect(now()).toBe(1_250);
  advance(-500);
  expect(now()).toBe(750);
});

it('starts at the same time in every run', () => {
  expect(fakeClock().now()).toBe(Date.parse('2026-01-01T00:00:00Z'));
});

it('is not moved by another clock', () => {
  const one = fakeClock(0);
  fakeClock(0).advance(1);
  expect(one.now()).toBe(0);
});
