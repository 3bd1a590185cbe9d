import { expect, it } from 'vitest';
import { BoundedLog } from './bounded-log.ts';

it('keeps the newest entries, and counts all', () => {
  const log = new BoundedLog<string>(2);
  for (const entry of ['a', 'b', 'c']) log.add(entry);
  expect(log.entries).toEqual(['b', 'c']);
  expect(log.total).toBe(3);
});

it('keeps everything unless told otherwise', () => {
  const log = new BoundedLog<number>();
  for (let i = 0; i < 1_000; i++) log.add(i);
  expect(log.entries).toHaveLength(1_000);
});

it('tells when so many entries were added, dropped ones included', async () => {
  const log = new BoundedLog<string>(1);
  const reached: number[] = [];
  const all = [3, 1].map((count) => log.reached(count).then(() => reached.push(count)));
  log.add('a');
  await all[1];
  expect(reached).toEqual([1]);
  log.add('b');
  log.add('c');
  await Promise.all(all);
  expect(reached).toEqual([1, 3]);
  expect(await log.reached(2)).toEqual(['c']);
});
