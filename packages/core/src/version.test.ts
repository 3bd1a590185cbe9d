import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HALYARD_VERSION } from './version.ts';

it('the version that backends are told is the package’s', () => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect(HALYARD_VERSION).toBe(JSON.parse(manifest).version);
});
