import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { collect, readmes, root } from './collection.ts';
import { groupsOf } from './groups.ts';
import { runToEnd } from './run-to-end.ts';
import { folderOf, workspace } from './workspace.ts';

/** As much of vitest's report as is read. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
  }[];
}

const files = groupsOf(collect(readmes())).flatMap((group) =>
  [...group.own]
    .filter(([, { role }]) => role === 'test')
    .map(([path, file]) => ({
      place: `${file.example.readme}:${file.line}`,
      path: folderOf(group) + path,
    })),
);

it('the tests of the READMEs pass', async () => {
  const report = `${workspace}vitest.json`;
  const { output } = await runToEnd(
    `${root}node_modules/vitest/vitest.mjs`,
    ['run', ...files.map(({ path }) => path), '--reporter=json', `--outputFile=${report}`],
    { cwd: workspace, environment: { NODE_ENV: 'test' } },
  );
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  for (const { place, path } of files) {
    const result = testResults.find(({ name }) => name === path);
    const passed = result?.assertionResults.filter(({ status }) => status === 'passed') ?? [];
    expect([place, result?.status, result?.message], output).toEqual([place, 'passed', '']);
    expect(passed.length, place).toBeGreaterThan(0);
  }
});
