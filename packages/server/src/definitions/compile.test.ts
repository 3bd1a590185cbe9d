import type { FlagSource, Ruleset } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { plainSource } from '../fixtures/plain-source.ts';
import { compileDefinitions } from './compile.ts';

const source = plainSource(() => ({ kind: 'inline', value: {} })) as FlagSource;

describe('what a source compiles to', () => {
  it.each([
    ['a promise', Promise.resolve()],
    ['nothing', undefined],
    ['no diagnostics', { flagKeys: [], resolve: () => {}, resolveAll: () => [] }],
  ])('is refused when it is no ruleset: %s', (_name, compiled) => {
    const odd = { ...source, compile: () => compiled as unknown as Ruleset };
    expect(() => compileDefinitions(odd, () => ({}), { version: 'v1' })).toThrow(
      /`compile` of the source must return a ruleset/,
    );
  });

  it('is taken when it is one', () => {
    expect(compileDefinitions(source, () => ({}), { version: 'v1' }).version).toBe('v1');
  });
});
