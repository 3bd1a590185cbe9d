import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationsOf } from './application.ts';
import { collect, readmes } from './collection.ts';
import { groupsOf, programsOf } from './groups.ts';
import { firstMissing, objectionsTo, promisedOutput, runProgram } from './programs.ts';
import { type Services, startServices } from './services.ts';

const groups = groupsOf(collect(readmes()));
// Programs that come with an application are run beside it.
const applications = new Set(applicationsOf(groups));
const programs = groups
  .filter((group) => !applications.has(group))
  .flatMap((group) => programsOf(group).map(([path, file]) => ({ group, path, file })));

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.close());

describe('a program of a README does what it says', () => {
  it.each(
    programs.map(
      (program) => [`${program.file.example.readme}:${program.file.line}`, program] as const,
    ),
  )('%s', async (_place, { group, path, file }) => {
    const outcome = await runProgram(group, path, services.environment);
    expect(objectionsTo(file, outcome).join('\n')).toBe('');
  });
});

describe('what a program says that it prints', () => {
  it('stands behind what prints it', () => {
    const text = 'console.log(a); // 1\nawait b(); // 2\nconsole.log(c, d()); // { e: 3, … }';
    expect(promisedOutput(text)).toEqual(['1', '{ e: 3, … }']);
  });

  it('is looked for in turn, whatever the line breaks', () => {
    const output = '1\n{\n  a: 2,\n  b: 3\n}\n4\n';
    expect(firstMissing(['1', '{ a: 2, … }', '4'], output)).toBeUndefined();
    expect(firstMissing(['4', '1'], output)).toBe('1');
    expect(firstMissing(['{ b: 3 }'], output)).toBe('{ b: 3 }');
  });

  it('is held against how it ended', () => {
    const [file] = collect(new Map([['a.md', "```ts\nconsole.log('yes'); // yes\n```\n"]]));
    if (file === undefined) throw new Error('there is one');
    const end = (code: number | undefined, output: string) =>
      objectionsTo(file, { code, output }).length;
    expect(end(0, 'yes\n[example] a.md:2\n')).toBe(0);
    expect(end(0, 'no\n[example] a.md:2\n')).toBe(1);
    expect(end(0, 'yes\n')).toBe(1);
    expect(end(1, 'yes\n')).toBe(1);
    expect(end(undefined, 'yes\n')).toBe(1);
  });
});
