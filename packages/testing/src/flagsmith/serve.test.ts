import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type FlagsmithEmulator,
  type FlagsmithFileOptions,
  SAVE_PATTERNS,
  serveFlagsmithFile,
  type TemporaryFolder,
  temporaryFolder,
} from '../index.ts';
import { ask, shop } from './fixtures/shop.ts';

let folder: TemporaryFolder;
let emulator: FlagsmithEmulator | undefined;
let lines: string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  lines = [];
});
afterEach(async () => {
  await emulator?.close();
  emulator = undefined;
  await folder.cleanUp();
});

const named = (name: string) => JSON.stringify({ ...shop(), name });

async function serve(options: Partial<FlagsmithFileOptions> = {}) {
  const path = folder.file('shop.json');
  emulator = await serveFlagsmithFile({ path, log: (line) => lines.push(line), ...options });
  return emulator;
}

const served = async (from: FlagsmithEmulator) =>
  (await ask(from, 'environment-document/')).json() as Promise<{
    name: string;
    updated_at: string;
  }>;

const PATIENCE = { timeout: 10_000, interval: 20 };

describe('a file that is served', () => {
  it('is the document, as it is', async () => {
    await folder.save('shop.json', JSON.stringify(shop()));
    expect(await served(await serve())).toEqual(shop());
  });

  it.each(SAVE_PATTERNS)('is published again when it is saved by %s', async (pattern) => {
    await folder.save('shop.json', named('first'), pattern);
    const running = await serve();
    const before = running.document.updated_at ?? '';
    for (const name of ['second', 'third']) {
      await folder.save('shop.json', named(name), pattern);
      await expect.poll(async () => (await served(running)).name, PATIENCE).toBe(name);
    }
    expect(Date.parse((await served(running)).updated_at)).toBeGreaterThan(Date.parse(before));
  });

  it('tells the open streams', async () => {
    await folder.save('shop.json', named('first'));
    const running = await serve();
    const url = new URL('sse/environments/client-key/stream', running.realtimeUrl);
    const reader = (await fetch(url)).body?.getReader();
    await reader?.read();
    await folder.save('shop.json', named('second'));
    const { value } = (await reader?.read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).toContain('event: environment_updated');
  });

  it('is evaluated by what is passed in', async () => {
    await folder.save('shop.json', named('first'));
    const running = await serve({ evaluate: () => [] });
    expect(await (await ask(running, 'flags/')).json()).toEqual([]);
  });
});

describe('a file that is broken', () => {
  it.each([
    ['{ "api_key"', 'is no JSON'],
    ['{ "api_key": "a" }', 'is no environment document'],
    ['{ "api_key": "a", "feature_states": [{}] }', 'is no environment document'],
  ])('keeps the last good document, and says so once: %s', async (content, problem) => {
    await folder.save('shop.json', named('first'));
    const running = await serve();
    await folder.save('shop.json', content);
    await expect.poll(() => lines.length, PATIENCE).toBe(1);
    expect((await served(running)).name).toBe('first');
    await folder.save('shop.json', named('second'));
    await expect.poll(async () => (await served(running)).name, PATIENCE).toBe('second');
    expect(lines).toEqual([expect.stringContaining(`[halyard] [flagsmith emulator]`)]);
    expect(lines[0]).toContain(`shop.json ${problem}`);
    expect(lines[0]).not.toContain('\n');
  });

  it('keeps the last good document when it is deleted', async () => {
    await folder.save('shop.json', named('first'));
    const running = await serve();
    await folder.remove('shop.json');
    expect((await served(running)).name).toBe('first');
    await folder.save('shop.json', named('second'));
    await expect.poll(async () => (await served(running)).name, PATIENCE).toBe('second');
    expect(lines).toEqual([]);
  });

  it('cannot be served at all when it is broken from the start', async () => {
    await expect(serve()).rejects.toThrow('shop.json cannot be read: ENOENT');
    await folder.save('shop.json', 'no');
    await expect(serve()).rejects.toMatchObject({
      name: 'HalyardError',
      code: 'INVALID_DEFINITIONS',
    });
  });
});

it('is not looked at any more once the emulator is closed', async () => {
  await folder.save('shop.json', named('first'));
  const closed = await serve();
  await closed.close();
  await folder.save('shop.json', named('second'));
  const other = await serve();
  await folder.save('shop.json', named('third'));
  await expect.poll(() => other.document.name, PATIENCE).toBe('third');
  expect(closed.document.name).toBe('first');
});
