import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// A program of its own: a declaration of flags is global, and would reach every other test.
it('an application that declares its flags has keys and defaults checked, also of pages made in advance', async () => {
  const check = promisify(execFile)(process.execPath, [
    here('../../../node_modules/typescript/bin/tsc'),
    '-p',
    here('fixtures/typed-app/tsconfig.json'),
  ]);
  const problems = await check.then(
    () => '',
    (failure: Error & { stdout?: string }) => failure.stdout || failure.message,
  );
  expect(problems).toBe('');
});
