import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type MixpanelEmulator,
  type MixpanelFileOptions,
  SAVE_PATTERNS,
  serveMixpanelFile,
  type TemporaryFolder,
  temporaryFolder,
} from '../index.ts';
import { askDefinitions, askFlags, shop } from './fixtures/shop.ts';

let folder: TemporaryFolder;
let emulator: MixpanelEmulator | undefined;
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

const withFlag = (key: string) => JSON.stringify({ ...shop(), flags: [{ key }] });

async function serve(options: Partial<MixpanelFileOptions> = {}) {
  const path = folder.file('shop.json');
  emulator = await serveMixpanelFile({ path, log: (line) => lines.push(line), ...options });
  return emulator;
}

const servedFlag = async (from: MixpanelEmulator) =>
  (await (await askDefinitions(from)).json()).flags[0].key;

const PATIENCE = { timeout: 10_000, interval: 20 };

it.each(SAVE_PATTERNS)('publishes a file again when it is saved by %s', async (pattern) => {
  await folder.save('shop.json', withFlag('first'), pattern);
  const running = await serve();
  expect(await servedFlag(running)).toBe('first');
  for (const key of ['second', 'third']) {
    await folder.save('shop.json', withFlag(key), pattern);
    await expect.poll(() => servedFlag(running), PATIENCE).toBe(key);
  }
});

it('passes the other options on', async () => {
  await folder.save('shop.json', withFlag('first'));
  const a = { variant_key: 'on', variant_value: true };
  const running = await serve({ token: 'my-token', evaluate: () => ({ a }) });
  expect(Object.keys((await (await askFlags(running)).json()).flags)).toEqual(['a']);
});

it.each([
  ['{ "flags"', 'is no JSON'],
  ['[]', 'holds no flag definitions'],
  ['{ "flags": {} }', 'holds no flag definitions'],
  ['{ "flags": [{ "id": 1 }] }', 'holds no flag definitions'],
])('keeps the last good definitions, and says so once: %s', async (content, problem) => {
  await folder.save('shop.json', withFlag('first'));
  const running = await serve();
  await folder.save('shop.json', content);
  await expect.poll(() => lines.length, PATIENCE).toBe(1);
  expect(await servedFlag(running)).toBe('first');
  await folder.save('shop.json', withFlag('second'));
  await expect.poll(() => servedFlag(running), PATIENCE).toBe('second');
  expect(lines).toEqual([expect.stringContaining('[halyard] [mixpanel emulator]')]);
  expect(lines[0]).toContain(`shop.json ${problem}`);
});

it('does not start with a file that cannot be served', async () => {
  await expect(serve()).rejects.toThrow('shop.json cannot be read: ENOENT');
  await folder.save('shop.json', '{}');
  await expect(serve()).rejects.toMatchObject({
    name: 'HalyardError',
    code: 'INVALID_DEFINITIONS',
  });
});

it('does not look at the file any more once the emulator is closed', async () => {
  await folder.save('shop.json', withFlag('first'));
  const closed = await serve();
  await closed.close();
  await folder.save('shop.json', withFlag('second'));
  const other = await serve();
  await folder.save('shop.json', withFlag('third'));
  await expect.poll(() => servedFlag(other), PATIENCE).toBe('third');
  expect(closed.definitions.flags).toEqual([{ key: 'first' }]);
});
