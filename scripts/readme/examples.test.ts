import { compile } from '@halyard/sources/flagd';
import { describe, expect, it } from 'vitest';
import { collect, readmes } from './collection.ts';
import { examplesOf, inlineCommandsOf } from './examples.ts';
import { groupsOf } from './groups.ts';
import { filesOf } from './roles.ts';

/** A README of one example. */
const readme = (language: string, ...lines: string[]) =>
  ['# Title', '## Use it', `\`\`\`${language}`, ...lines, '```', ''].join('\n');
const collected = (text: string) => collect(new Map([['packages/a/README.md', text]]));

it('every example of the READMEs is compiled, run or looked up, or is text', () => {
  const examples = collect(readmes());
  const count = (language: string) =>
    examples.filter(({ example }) => example.language === language).length;
  for (const language of ['ts', 'tsx', 'json', 'sh']) expect(count(language)).toBeGreaterThan(0);
  // Each of their parts has a role, or collecting them would have thrown.
  expect(groupsOf(examples).length).toBeGreaterThan(0);
});

it('the flag files of the READMEs are sound', () => {
  const files = collect(readmes()).filter(({ role }) => role === 'flags');
  for (const { example, text } of files) {
    expect(compile(JSON.parse(text)).diagnostics, example.readme).toEqual([]);
  }
});

describe('an example', () => {
  it('knows its place', () => {
    expect(examplesOf('a.md', readme('ts', 'one;', 'two;'))).toEqual([
      { readme: 'a.md', line: 4, section: 'Use it', language: 'ts', text: 'one;\ntwo;' },
    ]);
  });

  it('is taken out of a list', () => {
    const text = '- so:\n  ```ts\n  if (a) {\n    b;\n  }\n  ```\n';
    expect(examplesOf('a.md', text)[0]?.text).toBe('if (a) {\n  b;\n}');
  });

  it('may hold fences that are shorter', () => {
    expect(examplesOf('a.md', '````text\n```ts\n```\n````\n')).toMatchObject([
      { language: 'text', text: '```ts\n```' },
    ]);
  });

  it('must be closed', () => {
    expect(() => examplesOf('a.md', '```ts\none;\n')).toThrow(
      'a.md:1: the example is never closed',
    );
  });

  it('must say what it is', () => {
    expect(() => collected(readme('', 'one;'))).toThrow('README.md:4: nothing runs ""');
    expect(() => collected(readme('python', 'one'))).toThrow('nothing runs "python"');
    expect(() => collected(readme('json', '{ "a": 1 }'))).toThrow('only flag files are known');
    expect(() => collected(readme('tsx', '<b />;'))).toThrow('which file this is');
  });

  it('is left alone where the README calls it text', () => {
    expect(collected(readme('text', 'one'))[0]?.role).toBe('text');
  });
});

describe('the files of an example', () => {
  const files = (...lines: string[]) =>
    filesOf({ readme: 'a.md', line: 10, section: '', language: 'ts', text: lines.join('\n') }).map(
      ({ path, line }) => [path, line],
    );

  it('begin where a comment names them', () => {
    expect(files('// lib/a.ts', 'a;', '', '// app/[id]/page.tsx, which shows it', 'b;')).toEqual([
      ['lib/a.ts', 10],
      ['app/[id]/page.tsx', 13],
    ]);
  });

  it('are one, without a name, where none does', () => {
    expect(files('a;', '// see lib/a.ts', '// lib/a.ts', 'b;')).toEqual([[undefined, 10]]);
  });

  it('are programs, parts of an application, or tests', () => {
    const roleOf = (name: string) => collected(readme('ts', `// ${name}`, 'a;'))[0]?.role;
    expect(['main.ts', 'lib/a.ts', 'proxy.ts', 'app/a.test.tsx'].map(roleOf)).toEqual([
      'program',
      'application',
      'application',
      'test',
    ]);
  });
});

describe('the sections of a README', () => {
  const part = (heading: string, ...lines: string[]) =>
    readme('ts', ...lines).replace('Use it', heading);

  it('have the files of the first, and change them', () => {
    const groups = groupsOf(
      collected(
        part('One', '// lib/a.ts', 'a;', '', '// lib/b.ts', 'b;') +
          part('Two', '// lib/a.ts', 'changed;') +
          part('Three', 'program;'),
      ),
    );
    expect(groups.map(({ id }) => id)).toEqual([
      'packages-a--one',
      'packages-a--two',
      'packages-a--three',
    ]);
    expect(groups.map(({ own }) => [...own.keys()])).toEqual([
      ['lib/a.ts', 'lib/b.ts'],
      ['lib/a.ts'],
      ['line-19.ts'],
    ]);
    expect(groups.map(({ inherited }) => [...inherited.keys()])).toEqual([
      [],
      ['lib/b.ts'],
      ['lib/a.ts', 'lib/b.ts'],
    ]);
  });

  it('show no file twice', () => {
    const text = readme('ts', '// lib/a.ts', 'a;', '', '// lib/a.ts', 'b;');
    expect(() => groupsOf(collected(text))).toThrow(
      'README.md:7: the section shows lib/a.ts twice',
    );
  });
});

it('commands in the running text are found, and no others', () => {
  const text = 'Say `A=1 npm run x` or `npx y`, not `cp a b`.\n```sh\n`npm run z`\n```\n';
  expect(inlineCommandsOf('a.md', text)).toEqual([
    { readme: 'a.md', line: 1, command: 'A=1 npm run x' },
    { readme: 'a.md', line: 1, command: 'npx y' },
  ]);
});
