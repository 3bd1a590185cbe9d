// `npm test`: installs, and runs everything. A path as argument runs only the unit tests below it.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { installDependencies } from './tools/dependencies.mjs';
import { bin, mustRun, root } from './tools/run.mjs';
import { runSteps } from './tools/steps.mjs';
import { findSystemTools } from './tools/system-tools.mjs';

const only = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };
const endToEnd = ['--config', 'apps/demo/e2e/vitest.config.mjs'];
/** Where the tools are; filled by the second step. */
let tools = {};

const unit = { name: 'Unit, property and integration tests', run: () => vitest('unit', only) };
const everything = [
  {
    name: 'Formatting and lint (biome)',
    run: () => mustRun(bin('biome'), ['ci', '--colors=off', '.']),
  },
  { name: 'Build and types (TypeScript 7)', run: () => mustRun(bin('tsc'), ['-b']) },
  { name: 'Types again (TypeScript 5.9)', run: typesWithOlderCompiler },
  unit,
  {
    name: 'Examples of the READMEs',
    run: () => vitest('readme', ['--config', 'scripts/readme/vitest.config.mjs']),
  },
  { name: 'Packages as installed', run: () => mustRun('node', ['scripts/packaging.mjs']) },
  { name: 'Bundle sizes', run: () => mustRun('node', ['scripts/sizes.mjs']) },
  {
    name: 'Demo in production, in Chromium',
    run: () => vitest('e2e', endToEnd, { FLAGS_SOURCE: 'flagd' }),
  },
  {
    name: 'People who sign in and out, in Chromium',
    run: () => vitest('e2e-accounts', ['--config', 'apps/accounts/e2e/vitest.config.mjs']),
  },
  {
    name: 'Slow sinks, the end of the process, caches and pages/',
    run: () => vitest('e2e-lifecycle', ['--config', 'apps/lifecycle/e2e/vitest.config.mjs']),
  },
  {
    name: 'Demo on the Flagsmith emulator',
    // The build does not depend on the backend: it is the one of the step before.
    run: () => vitest('e2e-flagsmith', endToEnd, { FLAGS_SOURCE: 'flagsmith', DEMO_BUILT: '1' }),
  },
  {
    name: 'Demo on the PostHog emulator',
    run: () => vitest('e2e-posthog', endToEnd, { FLAGS_SOURCE: 'posthog', DEMO_BUILT: '1' }),
  },
  {
    name: 'Demo on the Mixpanel emulator',
    run: () => vitest('e2e-mixpanel', endToEnd, { FLAGS_SOURCE: 'mixpanel', DEMO_BUILT: '1' }),
  },
  {
    name: 'What counts as seen, in every rendering mode, in Chromium',
    run: () => vitest('modes', ['--config', 'apps/modes/e2e/vitest.config.mjs']),
  },
];

const passed = await runSteps([
  { name: 'Dependencies', run: installDependencies },
  {
    name: 'Redis and Chromium',
    run: async () => {
      tools = await findSystemTools();
      for (const [variable, path] of Object.entries(tools)) console.log(`${variable}=${path}`);
    },
  },
  ...(only.length > 0 ? [unit] : everything),
]);
if (!passed && counts.failed === 0) counts.failed = 1;
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(passed ? 0 : 1);

/** Runs vitest, and adds its counts to the closing line. */
async function vitest(name, args, env = {}) {
  const report = `${root}.cache/vitest-${name}.json`;
  mkdirSync(`${root}.cache`, { recursive: true });
  rmSync(report, { force: true });
  try {
    await mustRun(
      bin('vitest'),
      ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      { env: { ...tools, ...env, TZ: 'UTC' } },
    );
  } finally {
    if (existsSync(report)) addCounts(JSON.parse(readFileSync(report, 'utf8')));
  }
}

function addCounts(report) {
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests;
  counts.skipped += report.numPendingTests;
  if (report.numTotalTests === 0) throw new Error('no test ran');
}

/** Applications may be on the previous compiler: sources, tests and built declarations must suit it. */
function typesWithOlderCompiler() {
  return mustRun('node', [
    'node_modules/typescript-5.9/bin/tsc',
    '-p',
    'tsconfig.tests.json',
    '--noEmit',
    '--incremental',
    'false',
  ]);
}
