import { type NextServer, startNextServer } from '../../apps/demo/e2e/harness/next-server.ts';
import { root } from './collection.ts';
import type { Group } from './groups.ts';
import { runToEnd } from './run-to-end.ts';
import { workspace } from './workspace.ts';

/** Seconds are enough; a machine that does much else may take longer. */
const MINUTES = 10;

type Environment = Readonly<Record<string, string>>;

/** Builds the application of all groups, and resolves with what the build printed. Rejects when it fails. */
export async function buildApplication(environment: Environment): Promise<string> {
  const next = `${root}node_modules/next/dist/bin/next`;
  const { code, output } = await runToEnd(next, ['build'], {
    cwd: workspace,
    environment: { ...environment, NEXT_TELEMETRY_DISABLED: '1' },
    limit: MINUTES * 60,
  });
  if (code !== 0) throw new Error(`next build ended with code ${code}:\n${output}`);
  return output;
}

/** Starts the application that has been built, to show one group's pages. */
export function startApplication(group: Group, environment: Environment): Promise<NextServer> {
  return startNextServer(workspace, { ...environment, EXAMPLE_GROUP: group.id });
}
