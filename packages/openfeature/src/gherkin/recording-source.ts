import type { EvaluationContext, FlagSource, Ruleset } from '@halyard/core';

/** A backend with one flag that hands on the context of every evaluation. */
export function recordingSource(record: (context: EvaluationContext) => void): FlagSource<null> {
  const ruleset: Ruleset = {
    source: 'recording',
    version: '1',
    flagKeys: ['some-flag'],
    diagnostics: [],
    resolve(_key, { context }) {
      record(context);
      return { value: true, reason: 'STATIC' };
    },
    resolveAll: () => [{ value: true, reason: 'STATIC' }],
  };
  return {
    name: 'recording',
    id: 'recording',
    definitions: { kind: 'inline', value: null },
    compile: () => ruleset,
    select: ({ value }) => value,
  };
}
