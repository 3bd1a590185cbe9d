import { mkdirSync } from 'node:fs';
import { appendFile, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { SAVE_PATTERNS, type TemporaryFolder, temporaryFolder } from '@halyard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { next, testLogger } from '../fixtures/observe.ts';
import { fileSource, newWork } from '../fixtures/plain-source.ts';
import { createFlagClient, type FlagClient } from '../index.ts';

let folder: TemporaryFolder;
let client: FlagClient;
const logger = testLogger();

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await client.close();
  await folder.cleanUp();
});

const color = (value: string) => JSON.stringify({ color: { value } });
const current = () => client.snapshot().get('color', 'none');

/** An interval so long that only watching the file can have told of a change. */
const refresh = { interval: 2 ** 31 - 1 };

function open(name = 'flags.json', work = newWork()) {
  const source = fileSource(folder.file(name), work);
  client = createFlagClient({ source, logger, refresh });
  return { client, work };
}

/** Resolves when the flag has the value, however it came to be known. */
async function becomes(value: string): Promise<void> {
  if (current() === value) return;
  await next(client, 'configurationChanged', () => current() === value);
}

describe('definitions in a file', () => {
  it('are in use as soon as they are read', async () => {
    await folder.save('flags.json', color('red'));
    open();
    const status = await client.ready();
    expect(status).toMatchObject({ state: 'ready', flagCount: 1 });
    expect(current()).toBe('red');
  });

  it.each(SAVE_PATTERNS)(
    'follow the file when it is saved by %s, again and again',
    async (pattern) => {
      await folder.save('flags.json', color('red'), pattern);
      open();
      await client.ready();
      for (const value of ['blue', 'green', 'pink']) {
        const changed = becomes(value);
        await folder.save('flags.json', color(value), pattern);
        await changed;
        expect(client.status().state).toBe('ready');
      }
    },
  );

  it('are not compiled again when the file is saved unchanged', async () => {
    await folder.save('flags.json', color('red'));
    const { work } = open();
    await client.ready();
    await folder.save('flags.json', color('red'));
    await client.refresh();
    const changed = becomes('blue');
    await folder.save('flags.json', color('blue'));
    await changed;
    expect(work).toMatchObject({ parses: 2, compiles: 2 });
    expect(client.status().refreshes.changed).toBe(2);
  });

  it('follow a link to a file elsewhere, when its target is edited and when it is changed', async () => {
    await folder.save('elsewhere/a.json', color('red'));
    await folder.save('elsewhere/b.json', color('pink'));
    await mkdir(folder.file('config'));
    await symlink(folder.file('elsewhere/a.json'), folder.file('config/flags.json'));
    open('config/flags.json');
    await client.ready();
    const edited = becomes('blue');
    await folder.save('elsewhere/a.json', color('blue'), 'in-place');
    await edited;
    const redirected = becomes('pink');
    await symlink(folder.file('elsewhere/b.json'), folder.file('config/next'));
    await rename(folder.file('config/next'), folder.file('config/flags.json'));
    await redirected;
  });

  it('are named relative to the working directory', async () => {
    client = createFlagClient({ source: fileSource('./no-such-flags.json'), logger });
    const { error } = await next(client, 'error');
    expect(error.message).toContain(`${process.cwd()}/no-such-flags.json`);
  });
});

describe('a file that cannot be used', () => {
  it('half written, keeps the last good definitions, and the other half brings the new ones', async () => {
    await folder.save('flags.json', color('red'));
    open();
    await client.ready();
    const failed = next(client, 'error');
    const write = await folder.savePartially('flags.json', color('blue'));
    const { error } = await failed;
    expect(error.code).toBe('INVALID_DEFINITIONS');
    expect(current()).toBe('red');
    expect(client.status()).toMatchObject({ state: 'ready', lastError: error });
    const changed = becomes('blue');
    await write.finish();
    await changed;
    expect(client.status().lastError).toBeUndefined();
  });

  it('left half written, is warned about once', async () => {
    await folder.save('flags.json', color('red'));
    open();
    await client.ready();
    const before = logger.messages.length;
    const failed = next(client, 'error');
    const write = await folder.savePartially('flags.json', color('blue'));
    await write.abandon();
    await failed;
    await client.refresh();
    await client.refresh();
    expect(client.status().refreshes.failed).toBeGreaterThanOrEqual(3);
    expect(logger.messages.slice(before)).toEqual([client.status().lastError?.message]);
    expect(current()).toBe('red');
  });

  it('and then is put back as it was, is right again without a parse', async () => {
    await folder.save('flags.json', color('red'));
    const { work } = open();
    await client.ready();
    const failed = next(client, 'error');
    await folder.save('flags.json', 'oops');
    await failed;
    const parses = work.parses;
    await folder.save('flags.json', color('red'));
    expect(await client.refresh()).toMatchObject({ state: 'ready', lastError: undefined });
    expect(work.parses).toBe(parses);
  });

  it('deleted, leaves its definitions in use, and is followed when it comes back', async () => {
    await folder.save('flags.json', color('red'));
    open();
    await client.ready();
    const failed = next(client, 'error');
    await folder.remove('flags.json');
    expect((await failed).error.message).toContain('does not exist');
    expect(current()).toBe('red');
    const changed = becomes('blue');
    await folder.save('flags.json', color('blue'), 'in-place');
    await changed;
  });

  it('missing at the start, gives defaults until it appears', async () => {
    open();
    const { status } = await next(client, 'error');
    expect(status).toMatchObject({ state: 'error', version: undefined, flagCount: 0 });
    expect(client.resolve('color', 'none')).toMatchObject({
      value: 'none',
      errorCode: 'PROVIDER_NOT_READY',
    });
    const ready = next(client, 'ready');
    await folder.save('flags.json', color('red'), 'in-place');
    expect(await ready).toMatchObject({ state: 'ready', lastError: undefined });
    expect(current()).toBe('red');
  });

  it('in a folder that is missing, is found when both appear, and when the folder is replaced', async () => {
    open('config/flags.json');
    await next(client, 'error');
    const appeared = becomes('red');
    await folder.save('config/flags.json', color('red'));
    await appeared;
    await folder.remove('config');
    const replaced = becomes('blue');
    await folder.save('config/flags.json', color('blue'));
    await replaced;
    const edited = becomes('green');
    await folder.save('config/flags.json', color('green'), 'in-place');
    await edited;
  });

  it('that is a folder, is an error that says so', async () => {
    mkdirSync(folder.file('flags.json'));
    open();
    expect((await next(client, 'error')).error.message).toContain('is not a file');
  });

  it('that is too large, is not read', async () => {
    await folder.save('flags.json', color('x'.repeat(1000)));
    client = createFlagClient({
      source: fileSource(folder.file('flags.json')),
      transport: { maxResponseBytes: 100 },
      logger,
    });
    expect((await next(client, 'error')).error.message).toContain('transport.maxResponseBytes');
  });
});

describe('a busy folder', () => {
  it('does not keep a change from being seen', async () => {
    await folder.save('flags.json', color('red'));
    open();
    await client.ready();
    let busy = true;
    const noise = (async () => {
      while (busy) await appendFile(folder.file('log.txt'), 'another line\n');
    })();
    const changed = becomes('blue');
    await writeFile(folder.file('flags.json'), color('blue'));
    await changed;
    busy = false;
    await noise;
  });
});
