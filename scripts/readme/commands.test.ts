import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTree } from '../architecture/tree.ts';
import { collect, collectInlineCommands, readmes, root } from './collection.ts';
import { commandsOf, type Knowledge, unknownParts } from './commands.ts';

const texts = readmes();
const shown = [
  ...collect(texts)
    .filter(({ role }) => role === 'shell')
    .map(({ example, text }) => ({ place: `${example.readme}:${example.line}`, text })),
  ...collectInlineCommands(texts).map(({ readme, line, command }) => ({
    place: `${readme}:${line}`,
    text: command,
  })),
];

/** What the tools said to `--help`, each asked once. */
const helps = new Map<string, string>();

const known: Knowledge = {
  scripts: new Set(Object.keys(JSON.parse(readFileSync(`${root}package.json`, 'utf8')).scripts)),
  variables: variablesRead(),
  backends: new Set(readdirSync(`${root}packages/sources/src`)),
  exists: (path) => existsSync(root + path),
  helpOf: (tool) => {
    const program = `${root}node_modules/.bin/${tool}`;
    if (!existsSync(program)) return undefined;
    const help = helps.get(tool) ?? execFileSync(program, ['--help'], { encoding: 'utf8' });
    helps.set(tool, help);
    return help;
  },
};

function variablesRead(): Set<string> {
  const tree = readTree(root, ['packages', 'apps', 'benchmarks', 'scripts']);
  const code = [...tree].filter(([path]) => /\.(tsx?|mjs)$/.test(path));
  return new Set(
    code.flatMap(([, text]) => [
      ...[...text.matchAll(/process\.env\.(\w+)/g)].map(([, name = '']) => name),
      ...[...text.matchAll(/\{([^{}]*)\} = process\.env/g)].flatMap(([, names = '']) =>
        [...names.matchAll(/\b[A-Z_]+\b(?=\s*(?:[,=]|$))/g)].map(([name]) => name),
      ),
    ]),
  );
}

it.each(shown)('what $place types into a shell exists: $text', ({ text }) => {
  const commands = commandsOf(text);
  expect(commands).not.toEqual([]);
  expect(commands.flatMap((command) => unknownParts(command, known))).toEqual([]);
});

describe('what does not exist is seen', () => {
  it.each([
    ['npm run nonsense', 'package.json has no script nonsense'],
    ['npm run bench -- nonsense', 'bench does not take nonsense'],
    ['NONSENSE=1 npm test', 'nothing reads the variable NONSENSE'],
    ['FLAGS_SOURCE=nonsense npm run demo', 'nonsense is no backend'],
    ['cd apps/nonsense && npx next dev', 'there is no folder apps/nonsense'],
    ['node scripts/nonsense.mjs', 'there is no script scripts/nonsense.mjs'],
    ['npx nonsense', 'there is no tool nonsense'],
    [
      'npx vitest run -t word --config nonsense/c.mjs',
      'vitest does not take nonsense/c.mjs, and there is no such path',
    ],
    ['npx tsc --nonsense', 'tsc does not take --nonsense, and there is no such path'],
    [
      'npx vitest packages/nonsense',
      'vitest does not take packages/nonsense, and there is no such path',
    ],
    ['npm test # all\nX=$(nonsense) npm test', 'nothing is known of the program nonsense'],
  ])('%s', (text, problem) => {
    expect(commandsOf(text).flatMap((command) => unknownParts(command, known))).toContain(problem);
  });
});
