import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readTree } from '../architecture/tree.ts';
import { examplesOf, type InlineCommand, inlineCommandsOf } from './examples.ts';
import { type ExampleFile, filesOf, type Role, roleOf } from './roles.ts';

/** The repository's root, with a slash at the end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A file of an example, and what becomes of it. */
export interface Placed extends ExampleFile {
  readonly role: Role;
}

/** Every README of the repository, its path and its text. */
export function readmes(): ReadonlyMap<string, string> {
  const tree = readTree(root, ['packages', 'apps', 'benchmarks', 'scripts']);
  const top = ['README.md', 'CONTRIBUTING.md'].map(
    (path) => [path, readFileSync(root + path, 'utf8')] as const,
  );
  return new Map([...top, ...[...tree].filter(([path]) => path.endsWith('.md'))]);
}

/** What all examples of these READMEs are made of. Throws where it cannot be told what one is. */
export function collect(texts: ReadonlyMap<string, string>): Placed[] {
  return [...texts].flatMap(([readme, text]) =>
    examplesOf(readme, text)
      .flatMap((example) => (isCode(example.language) ? filesOf(example) : [whole(example)]))
      .map((file) => ({ ...file, role: roleOf(file) })),
  );
}

/** The commands set in the running text of these READMEs. */
export function collectInlineCommands(texts: ReadonlyMap<string, string>): InlineCommand[] {
  return [...texts].flatMap(([readme, text]) => inlineCommandsOf(readme, text));
}

function isCode(language: string): boolean {
  return language === 'ts' || language === 'tsx';
}

function whole(example: ExampleFile['example']): ExampleFile {
  return { example, line: example.line, path: undefined, text: example.text };
}
