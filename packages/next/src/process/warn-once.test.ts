import { beforeEach, expect, it, vi } from 'vitest';
import { warnOnce } from './warn-once.ts';

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('halyard@1'));
});

it('says each thing once per process, and whose it is', () => {
  const warn = vi.fn();
  warnOnce({ warn }, 'the disk is full');
  warnOnce({ warn }, 'the disk is full');
  expect(warn.mock.calls).toEqual([['[halyard] [next] the disk is full']]);
});

it('says a hundred things at most, since messages may hold what anybody sends', () => {
  const warn = vi.fn();
  for (let i = 0; i < 1000; i++) warnOnce({ warn }, `no session ${i}`);
  expect(warn).toHaveBeenCalledTimes(100);
});

it('lets no logger that throws take the request with it', () => {
  const broken = () => {
    throw new Error('the disk is full');
  };
  expect(() => warnOnce({ warn: broken }, 'something')).not.toThrow();
});
