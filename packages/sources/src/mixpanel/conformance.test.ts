import { createSnapshot, type EvaluationContext, type Resolution } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { Subject } from './dialect/bucket.ts';
import {
  CONFORMANCE,
  conformanceCases,
  type Expected,
  type FlagCase,
  type HashCase,
  hasConformanceData,
  type SeriesCase,
} from './fixtures/conformance.ts';

/** What a resolution must be, where the cases expect this. */
function resolutionFor(expected: Expected): Partial<Resolution> {
  if (expected.kind === 'variant') {
    const { variant_key: variant, variant_value: value, is_qa_tester, ...experiment } = expected;
    const { experiment_id, is_experiment_active } = experiment;
    const flagMetadata = {
      ...(experiment_id != null && { experiment_id }),
      ...(is_experiment_active != null && { is_experiment_active }),
      is_qa_tester,
    };
    return { value: value as never, variant, reason: 'TARGETING_MATCH', flagMetadata };
  }
  const { reason, message } = expected;
  if (reason === 'NO_ROLLOUT_MATCH') return { reason: 'DEFAULT' };
  const errorMessage = expect.stringContaining(message ?? '') as unknown as string;
  return reason === 'MISSING_CONTEXT_KEY'
    ? { reason: 'ERROR', errorCode: 'TARGETING_KEY_MISSING', errorMessage }
    : { reason: 'DEFAULT', errorCode: 'FLAG_NOT_FOUND', errorMessage };
}

describe('Mixpanel’s own cases', () => {
  if (!hasConformanceData()) {
    it(`are not at ${CONFORMANCE}: nothing was checked`, () => {
      console.info(`no Mixpanel cases at ${CONFORMANCE} (set HALYARD_CONFORMANCE)`);
    });
    return;
  }

  const cases = conformanceCases();
  const named = <T extends { readonly name: string }>(items: readonly T[]) =>
    items.map((item) => [item.name, item] as const);
  const flagCases = cases.filter((item): item is FlagCase => item.type === undefined);
  const series = cases.filter((item): item is SeriesCase => item.type === 'series');
  const hashes = cases.filter((item): item is HashCase => item.type === 'hash');

  it('are there', () => {
    expect(Math.min(flagCases.length, series.length, hashes.length)).toBeGreaterThan(0);
  });

  it.each(named(flagCases))('flag: %s', (_name, { definitions, flag_key, context, expected }) => {
    const snapshot = () => createSnapshot(compile(JSON.stringify(definitions)), context);
    const wanted = resolutionFor(expected);
    const lazy = snapshot().resolve(flag_key);
    expect(lazy).toEqual(wanted);
    expect(snapshot().all().get(flag_key)).toEqual(
      wanted.variant === undefined ? undefined : wanted,
    );
    expect(snapshot().explain(flag_key).resolution).toEqual(wanted);
  });

  it.each(named(series))('series: %s', (_name, item) => {
    const { definitions, flag_key, context, distinct_id_template, count, expected } = item;
    const ruleset = compile(definitions);
    const variants = Array.from({ length: count }, (_, i) => {
      const visitor: EvaluationContext = {
        ...context,
        distinct_id: distinct_id_template.replace('{i}', String(i)),
      };
      return createSnapshot(ruleset, visitor).resolve(flag_key).variant ?? null;
    });
    expect(variants).toEqual(expected);
  });

  it.each(named(hashes))('hash: %s', (_name, { key, salt, expected }) => {
    expect(new Subject(key).placeBy(salt) / 100).toBe(expected);
  });
});
