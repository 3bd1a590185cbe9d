import { createSnapshot, PrefixedSha1, type Resolution } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { payloadFor } from './compile/payload.ts';
import {
  CONFORMANCE,
  conformanceCases,
  contextOf,
  definitionsOf,
  type Expected,
  type FlagCase,
  type HashCase,
  hasConformanceData,
  type SeriesCase,
} from './fixtures/conformance.ts';
import { compile } from './index.ts';

/** A resolution in the words of the cases. */
function answerOf({ value, payload, errorCode, remote }: Resolution): Expected {
  if (remote === undefined && errorCode === 'FLAG_NOT_FOUND') return { kind: 'missing' };
  // PostHog's SDK fails with a TypeError; here it is a verdict like any other.
  if (errorCode === 'PARSE_ERROR') return { kind: 'error', error: 'TypeError' };
  if (remote !== undefined) {
    const kind = remote.kind === 'inconclusive' ? 'inconclusive' : 'requires_server';
    return { kind, reason: remote.cause };
  }
  return {
    kind: 'value',
    value: value as boolean | string,
    ...(payload !== undefined && { payload }),
  };
}

/** Asks for a flag one by one, and for all flags at once. */
function answersTo(item: FlagCase): readonly Expected[] {
  const ruleset = compile(definitionsOf(item), { evaluationContexts: item.evaluation_contexts });
  const now = item.now === undefined ? undefined : Date.parse(item.now);
  const options = now === undefined ? {} : { now };
  const lazy = createSnapshot(ruleset, contextOf(item), options).resolve(item.flag_key);
  const bulk = createSnapshot(ruleset, contextOf(item), options).all().get(item.flag_key);
  return bulk === undefined ? [answerOf(lazy)] : [answerOf(lazy), answerOf(bulk)];
}

/** The payload that belongs to a value, without evaluating anything. */
function payloadAnswer({ flags, flag_key, match_value }: FlagCase): Expected {
  const flag = flags.find(({ key }) => key === flag_key);
  const value = match_value as boolean | string;
  const payload = flag && payloadFor(flag, value);
  return { kind: 'value', value, ...(payload !== undefined && { payload }) };
}

describe('PostHog’s own cases', () => {
  if (!hasConformanceData()) {
    it(`are not at ${CONFORMANCE}: nothing was checked`, () => {
      console.info(`no PostHog cases at ${CONFORMANCE} (set HALYARD_CONFORMANCE)`);
    });
    return;
  }

  const cases = conformanceCases();
  const named = <T extends { readonly name: string }>(items: readonly T[]) =>
    items.map((item) => [item.name, item] as const);
  const flagCases = cases.filter((item): item is FlagCase => item.type === undefined);
  const series = cases.filter((item): item is SeriesCase => item.type === 'series');
  const hashes = cases.filter((item): item is HashCase => item.type === 'hash');

  it('are there, and are read at UTC, as their dates expect', () => {
    expect(Math.min(flagCases.length, series.length, hashes.length)).toBeGreaterThan(0);
    expect(new Date(0).getTimezoneOffset()).toBe(0);
  });

  it.each(named(flagCases))('flag: %s', (_name, item) => {
    if (item.match_value !== undefined) {
      expect(payloadAnswer(item)).toEqual(item.expected);
      return;
    }
    for (const answer of answersTo(item)) expect(answer).toEqual(item.expected);
  });

  it.each(named(series))('series: %s', (_name, item) => {
    const ruleset = compile(definitionsOf(item));
    const values = Array.from({ length: item.count }, (_, i) => {
      const targetingKey = item.distinct_id_template.replace('{i}', String(i));
      return createSnapshot(ruleset, { targetingKey }).resolve(item.flag_key).value;
    });
    expect(values).toEqual(item.expected_values);
  });

  it.each(named(hashes))('hash: %s', (_name, item) => {
    const hash = new PrefixedSha1(`${item.key}${item.separator}`, item.salt);
    expect(hash.fraction(item.bucketing_value)).toBe(item.expected_hash.hash);
  });
});
