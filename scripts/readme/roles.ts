import type { Example } from './examples.ts';

/** A piece of an example that is a file of its own. */
export interface ExampleFile {
  readonly example: Example;
  /** The line of the README it begins at. */
  readonly line: number;
  /** The path that its first line names; undefined for a program that needs no name. */
  readonly path: string | undefined;
  readonly text: string;
}

/** What becomes of a piece: nothing is left out but what the README itself calls text. */
export type Role =
  /** Run by Node. */
  | 'program'
  /** Part of a Next application. */
  | 'application'
  /** Run by vitest. */
  | 'test'
  /** A flag file, which the examples of its README read. */
  | 'flags'
  /** Commands, which are looked up. */
  | 'shell'
  /** For reading only. */
  | 'text';

const NAMED = /^\/\/ ([\w@.()[\]/-]+\.(?:tsx?|mjs))(?=$|[:;,]| \()/;

/** Cuts an example into files: a comment that begins with a path, at the start or after an empty line, begins one. */
export function filesOf(example: Example): ExampleFile[] {
  const lines = example.text.split('\n');
  const starts = lines.flatMap((text, index) =>
    NAMED.test(text) && (index === 0 || lines[index - 1] === '') ? [index] : [],
  );
  const bounds = starts[0] === 0 ? starts : [0, ...starts];
  return bounds.map((from, index) => ({
    example,
    line: example.line + from,
    path: NAMED.exec(lines[from] ?? '')?.[1],
    text: lines.slice(from, bounds[index + 1] ?? lines.length).join('\n'),
  }));
}

const APPLICATION = /^(app|lib|components|actions)\/|^(proxy|instrumentation)\.ts$/;

/** What becomes of a file. Throws, saying what to write, where that cannot be told. */
export function roleOf({ example, line, path, text }: ExampleFile): Role {
  const { language, readme } = example;
  const place = `${readme}:${line}`;
  if (language === 'text') return 'text';
  if (language === 'sh') return 'shell';
  if (language === 'json') {
    if (Object.hasOwn(JSON.parse(text), 'flags')) return 'flags';
    throw new Error(`${place}: only flag files are known as JSON. Mark it as text.`);
  }
  if (language !== 'ts' && language !== 'tsx')
    throw new Error(
      `${place}: nothing runs "${language}". Write ts, tsx, json or sh behind the fence, or text if it is for reading only.`,
    );
  if (path === undefined) {
    if (language === 'ts') return 'program';
    throw new Error(`${place}: say in a comment on the first line which file this is.`);
  }
  if (/\.test\.tsx?$/.test(path)) return 'test';
  return APPLICATION.test(path) ? 'application' : 'program';
}
