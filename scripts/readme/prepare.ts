import type { TestProject } from 'vitest/node';
import { collect, readmes } from './collection.ts';
import { compile } from './compiler.ts';
import { groupsOf } from './groups.ts';
import { writeWorkspace } from './workspace.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the compiler has against the examples. */
    readonly problems: readonly string[];
  }
}

/** Writes and compiles all examples, once for all test files. */
export default async function prepare({ provide }: TestProject): Promise<void> {
  const examples = collect(readmes());
  const groups = groupsOf(examples);
  writeWorkspace(groups, examples);
  provide('problems', await compile(groups));
}
