import { createSnapshot, type EvaluationContext, type Resolution } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import {
  CONFORMANCE,
  type DocumentFlag,
  documentCases,
  engineCases,
  hasConformanceData,
} from './fixtures/conformance.ts';
import { compile, evaluateContext } from './index.ts';

/** A resolution in Flagsmith's own words, which it carries as metadata. */
function inFlagsmithWords({ value, enabled, flagMetadata = {} }: Resolution): DocumentFlag {
  return {
    enabled: enabled === true,
    value: value ?? null,
    variant: (flagMetadata['flagsmith.variant'] as string | undefined) ?? null,
    reason: String(flagMetadata['flagsmith.reason']),
  };
}

describe('Flagsmith’s own cases', () => {
  if (!hasConformanceData()) {
    it(`are not at ${CONFORMANCE}: nothing was checked`, () => {
      console.info(`no Flagsmith cases at ${CONFORMANCE} (set HALYARD_CONFORMANCE)`);
    });
    return;
  }

  const engine = engineCases();
  it('are there', () => {
    expect(engine.length).toBeGreaterThan(0);
  });

  it.each(engine.map((item) => [item.name, item] as const))('engine: %s', (_name, item) => {
    expect(evaluateContext(item.context)).toEqual(item.result);
  });

  const { documents, cases } = documentCases();
  it('with documents are there', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases.map((item) => [item.name, item] as const))('document: %s', (_name, item) => {
    const { identity, expected } = item;
    const ruleset = compile(JSON.stringify(documents[item.document]));
    const context: EvaluationContext =
      identity === null
        ? {}
        : {
            targetingKey: identity.identifier,
            traits: (identity.traits ?? {}) as EvaluationContext,
          };
    const bulk = createSnapshot(ruleset, context).all();
    const lazy = createSnapshot(ruleset, context);
    const answers = (read: (key: string) => Resolution | undefined) =>
      Object.fromEntries(
        ruleset.flagKeys.map((key) => [key, inFlagsmithWords(read(key) as Resolution)]),
      );
    expect(answers((key) => bulk.get(key))).toEqual(expected.flags);
    expect(answers((key) => lazy.resolve(key))).toEqual(expected.flags);
    const segments = ruleset.segmentsFor(context).map(({ name }) => name);
    expect(segments).toEqual(expected.segments ?? []);
  });
});
