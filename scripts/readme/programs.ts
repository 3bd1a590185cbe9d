import type { Placed } from './collection.ts';
import { compiled } from './compiler.ts';
import type { Group } from './groups.ts';
import { type Outcome, runToEnd } from './run-to-end.ts';
import { folderOf, markOf } from './workspace.ts';

const LIMIT = 30;

/** Runs a compiled program of a group in the group's folder, as `node program.js` would. */
export function runProgram(
  group: Group,
  path: string,
  environment: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const script = `${compiled}groups/${group.id}/${path.replace(/\.tsx?$/, '.js')}`;
  return runToEnd(script, [], { cwd: folderOf(group), environment, limit: LIMIT });
}

/** What is wrong with how a program ended: nothing, if it did all that its README says. */
export function objectionsTo(file: Placed, { code, output }: Outcome): string[] {
  const problems: string[] = [];
  if (code === undefined) problems.push(`did not end within ${LIMIT} s`);
  else if (code !== 0) problems.push(`ended with code ${code}`);
  else if (!output.includes(markOf(file))) problems.push('ended before its last line');
  const missing = firstMissing(promisedOutput(file.text), output);
  if (missing !== undefined) problems.push(`did not print, in its turn: ${missing}`);
  return problems.map(
    (problem) => `${file.example.readme}:${file.line}: the program ${problem}.\n${output}`,
  );
}

/** What the comments behind `console.log(…);` say that is printed, in order. */
export function promisedOutput(text: string): string[] {
  return [...text.matchAll(/^\s*console\.log\(.*\); \/\/ (.+)$/gm)].map(
    ([, promise = '']) => promise,
  );
}

/** The first of the promises that the output does not keep; `…` in them stands for anything. */
export function firstMissing(promises: readonly string[], output: string): string | undefined {
  let rest = output.replace(/\s+/g, ' ');
  for (const promise of promises) {
    for (const part of promise.split('…').map((text) => text.trim())) {
      const start = rest.indexOf(part);
      if (start < 0) return promise;
      rest = rest.slice(start + part.length);
    }
  }
  return undefined;
}
