import type { FlagSource, InlineDefinitions } from '@halyard/core';
import { digestOf } from '../digest.ts';
import { compileDefinitions } from './compile.ts';
import type { Definitions } from './held.ts';
import { versionOf } from './version.ts';

/** Compiles definitions given in code. Throws a HalyardError when they make no sense. */
export function inlineDefinitions(
  source: FlagSource,
  { value }: InlineDefinitions<unknown>,
): Definitions {
  const digest = versionOf([digestOf(textOf(value))]);
  const ruleset = compileDefinitions(source, () => value, { version: digest });
  return { ruleset, digest, validator: undefined };
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // Not JSON (cyclic, BigInt): legitimate in code, and only the version is made from the text.
    return '';
  }
}
