import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAVE_PATTERNS, type TemporaryFolder, temporaryFolder } from './index.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.cleanUp());

const read = (name: string) => readFileSync(folder.file(name), 'utf8');

describe.each(SAVE_PATTERNS)('saving by %s', (pattern) => {
  it('makes a file, and the folders it is in', async () => {
    expect(await folder.save('a/b/flags.json', '1', pattern)).toBe(folder.file('a/b/flags.json'));
    expect(read('a/b/flags.json')).toBe('1');
  });

  it('changes a file, however it was saved before', async () => {
    for (const before of SAVE_PATTERNS) {
      await folder.save(`${before}/flags.json`, 'old', before);
      await folder.save(`${before}/flags.json`, 'new', pattern);
      await folder.save(`${before}/flags.json`, 'newer', pattern);
      expect(read(`${before}/flags.json`), `after ${before}`).toBe('newer');
    }
  });
});

describe('what a pattern does to the file', () => {
  const inode = () => statSync(folder.file('flags.json')).ino;

  it('in-place keeps the file', async () => {
    await folder.save('flags.json', 'old', 'in-place');
    const before = inode();
    await folder.save('flags.json', 'new', 'in-place');
    expect(inode()).toBe(before);
  });

  it.each(['replace', 'backup'] as const)('%s puts another file in its place', async (pattern) => {
    await folder.save('flags.json', 'old', pattern);
    const before = inode();
    await folder.save('flags.json', 'new', pattern);
    expect(inode()).not.toBe(before);
    expect(readdirSync(folder.path)).toEqual(['flags.json']);
  });

  it('symlink-swap leaves the link and changes what it points to', async () => {
    await folder.save('flags.json', 'old', 'symlink-swap');
    const link = () => lstatSync(folder.file('flags.json'));
    expect(link().isSymbolicLink()).toBe(true);
    const before = link().ino;
    await folder.save('flags.json', 'new', 'symlink-swap');
    expect(link().ino).toBe(before);
    expect(read('flags.json')).toBe('new');
  });
});

describe('a write that stops half-way', () => {
  it('has replaced the old content by half of the new', async () => {
    await folder.save('flags.json', 'the old content');
    const write = await folder.savePartially('flags.json', '0123456789');
    expect(read('flags.json')).toBe('01234');
    await write.finish();
    expect(read('flags.json')).toBe('0123456789');
  });

  it('may never be finished', async () => {
    const write = await folder.savePartially('flags.json', 'ééé');
    await write.abandon();
    expect(statSync(folder.file('flags.json')).size).toBe(3);
  });
});

it('removes files and folders, also those that are not there', async () => {
  await folder.save('a/flags.json', '1');
  await folder.remove('a');
  await folder.remove('a');
  expect(existsSync(folder.file('a'))).toBe(false);
});

it('gives every test another folder and leaves nothing behind', async () => {
  const other = await temporaryFolder();
  expect(other.path).not.toBe(folder.path);
  await other.save('flags.json', '1');
  await other.cleanUp();
  expect(existsSync(other.path)).toBe(false);
  expect(existsSync(folder.path)).toBe(true);
});
