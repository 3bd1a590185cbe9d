import { writeFileSync } from 'node:fs';
import { type TemporaryFolder, temporaryFolder } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { held } from '../fixtures/observe.ts';
import { FileWatch } from './file-watch.ts';

const fileSystem = vi.hoisted(() => ({ canWatch: true }));

vi.mock('node:fs', async (load) => {
  const real = await load<typeof import('node:fs')>();
  const watch = (...args: Parameters<typeof real.watch>) => {
    if (fileSystem.canWatch) return real.watch(...args);
    throw Object.assign(new Error('no more watches'), { code: 'ENOSPC' });
  };
  return { ...real, watch };
});

let folder: TemporaryFolder;
let watch: FileWatch;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  watch.stop();
  await folder.cleanUp();
});

/** Watches a file, and promises for the calls: `changes[0]` settles with the first. */
function watched(path: string) {
  const changes = Array.from({ length: 3 }, () => held());
  let count = 0;
  watch = new FileWatch(path, () => changes[count++]?.resolve());
  return changes.map(({ promise }) => promise);
}

describe('watching a file', () => {
  it.each([true, false])('sees changes (watches can be had: %s)', async (canWatch) => {
    fileSystem.canWatch = canWatch;
    const path = await folder.save('flags.json', '1');
    const [first, second] = watched(path);
    // Whatever happens between the first read and the first look: it is read again.
    await first;
    await folder.save('flags.json', '2');
    await second;
  });

  it('asks for another read after a change, which may not have been the last in its tick', async () => {
    fileSystem.canWatch = true;
    const path = await folder.save('flags.json', '1');
    const [first, second, third] = watched(path);
    await first;
    writeFileSync(path, '2');
    await second;
    await third;
  });

  it('ends when it is stopped', async () => {
    const path = await folder.save('flags.json', '1');
    const calls = vi.fn();
    watch = new FileWatch(path, calls);
    watch.stop();
    await folder.save('flags.json', '2');
    const other = watched(path);
    await other[0];
    expect(calls).not.toHaveBeenCalled();
  });
});
