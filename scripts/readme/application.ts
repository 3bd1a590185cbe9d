import type { Group } from './groups.ts';

/** The header of a request that says which group's pages are wanted. */
export const GROUP_HEADER = 'x-example';

const ROUTED = /^app\/(.*\/)?(page|layout|template|loading|error|not-found|default|route)\.tsx?$/;

/** A group's folder as it has been written: each file's text by its path. */
export interface Application {
  readonly id: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The groups that are Next applications: those that show part of one, or drive one with pages. */
export function applicationsOf(groups: readonly Group[]): Group[] {
  return groups.filter(
    ({ own, inherited }) =>
      [...own.values()].some(({ role }) => role === 'application') ||
      [...inherited.keys()].some((path) => path.endsWith('/page.tsx')),
  );
}

/**
 * The files of one Next application that shows the pages of all groups, by path: one build is enough for
 * all. Each group's pages stand in a folder of its own; a request says by a header whose it wants, so that
 * addresses are those of the README.
 */
export function applicationFiles(applications: readonly Application[]): Map<string, string> {
  return new Map([
    ...applications.flatMap(routedFiles),
    ['proxy.ts', proxyOf(applications)],
    ['instrumentation.ts', instrumentationOf(applications)],
    ['next.config.mjs', CONFIG],
    ['tsconfig.json', JSON.stringify({ extends: './tsconfig.examples.json', ...NEXT_ONLY })],
  ]);
}

/** Pages and routes that export what the group's have. */
function routedFiles({ id, files }: Application): [path: string, text: string][] {
  return [...files]
    .filter(([path]) => ROUTED.test(path))
    .map(([path, text]) => {
      const original = `${'../'.repeat(path.split('/').length)}groups/${id}/${withoutExtension(path)}`;
      const isRoute = /\/route\.tsx?$/.test(path);
      return [
        path.replace(/^app\//, `app/${id}/`),
        `export * from '${original}';\n${isRoute ? '' : `export { default } from '${original}';\n`}${runtimeOf(text)}`,
      ];
    });
}

/** Where a file says that it runs on Edge, as Next wants it said: in the page or route itself. */
function runtimeOf(text: string): string {
  return /^export const runtime = .*$/m.exec(text)?.[0] ?? '';
}

function proxyOf(applications: readonly Application[]): string {
  const having = applications.filter(({ files }) => files.has('proxy.ts'));
  const matchers = having.map(
    ({ files }) => /\bmatcher: ('[^']*')/.exec(files.get('proxy.ts') ?? '')?.[1] ?? `'/(.*)'`,
  );
  return `import { type NextRequest, NextResponse } from 'next/server';

export async function proxy(request: NextRequest) {
  switch (request.headers.get('${GROUP_HEADER}')) {
${having.map(({ id }) => `    case '${id}': return (await import('./groups/${id}/proxy')).proxy(request);`).join('\n')}
    default: return NextResponse.next();
  }
}
export const config = { matcher: [${[...new Set(matchers)].join(', ')}] };
`;
}

function instrumentationOf(applications: readonly Application[]): string {
  const having = applications.filter(({ files }) => files.has('instrumentation.ts'));
  return `export async function register() {
  switch (process.env.EXAMPLE_GROUP) {
${having.map(({ id }) => `    case '${id}': return (await import('./groups/${id}/instrumentation')).register();`).join('\n')}
  }
}
`;
}

function withoutExtension(path: string): string {
  return path.replace(/\.tsx?$/, '');
}

const CONFIG = `export default {
  turbopack: { root: new URL('../../', import.meta.url).pathname },
  // What is built runs once: nobody waits for its bytes.
  experimental: { turbopackMinify: false, turbopackSourceMaps: false, turbopackInputSourceMaps: false },
  rewrites: async () => ({
    beforeFiles: [
      {
        source: '/:path*',
        has: [{ type: 'header', key: '${GROUP_HEADER}', value: '(?<group>.*)' }],
        destination: '/:group/:path*',
      },
    ],
  }),
};
`;

/** Next checks what it builds, and the programs beside that are none of its business. */
const NEXT_ONLY = {
  compilerOptions: { noEmit: true, incremental: true, plugins: [{ name: 'next' }] },
  include: ['next-env.d.ts', 'app', 'proxy.ts', 'instrumentation.ts', '.next/types/**/*.ts'],
};
