import type { Resolution } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { posthogRemote } from './index.ts';

const { remote } = posthogRemote({ projectKey: 'phc_project' });

function parse(answer: unknown): ReadonlyMap<string, Resolution> {
  const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const flags = remote?.parse({ status: 200, headers: {}, body }, { targetingKey: 'ann' });
  return flags ?? new Map();
}

const flag = {
  key: 'f1',
  enabled: true,
  variant: 'a',
  reason: { code: 'condition_match', condition_index: 0, description: 'Matched condition set 1' },
  metadata: { id: 7, version: 3, payload: '{"x":1}', has_experiment: false },
};

describe('an answer of PostHog', () => {
  it('gives every flag with all that is said of it', () => {
    const answer = { flags: { f1: flag }, requestId: 'r1', evaluatedAt: 1_700_000_000_000 };
    expect(parse(answer).get('f1')).toEqual({
      value: 'a',
      variant: 'a',
      enabled: true,
      payload: { x: 1 },
      reason: 'SPLIT',
      flagMetadata: {
        id: 7,
        version: 3,
        'posthog.reason': 'Matched condition set 1',
        'posthog.reasonCode': 'condition_match',
        'posthog.hasExperiment': false,
        'posthog.locallyEvaluated': false,
        'posthog.requestId': 'r1',
        'posthog.evaluatedAt': 1_700_000_000_000,
      },
    });
  });

  it.each([
    [{ enabled: true, variant: null }, true, 'TARGETING_MATCH'],
    [{ enabled: false, variant: null }, false, 'DEFAULT'],
    [{ enabled: false, variant: 'a' }, false, 'DEFAULT'],
    [{ enabled: false, variant: null, reason: { code: 'flag_disabled' } }, false, 'DISABLED'],
    [{ enabled: true, variant: null, reason: null, metadata: null }, true, 'TARGETING_MATCH'],
  ])('of %j is %s', (change, value, reason) => {
    expect(parse({ flags: { f1: { ...flag, ...change } } }).get('f1')).toMatchObject({
      value,
      reason,
    });
  });

  it.each([
    ['not json', 'not json'],
    ['[1]', [1]],
    [{ a: 1 }, { a: 1 }],
    [null, undefined],
  ])('with the payload %j gives %j', (payload, expected) => {
    const { metadata } = flag;
    const answer = { flags: { f1: { ...flag, metadata: { ...metadata, payload } } } };
    expect(parse(answer).get('f1')?.payload).toEqual(expected);
  });

  it('tells what went wrong while the flags were evaluated', () => {
    const answer = { flags: { f1: flag }, errorsWhileComputingFlags: true };
    expect(parse(answer).get('f1')?.flagMetadata).toMatchObject({
      'posthog.error': 'errors_while_computing_flags',
    });
  });

  it('makes an error of a flag that PostHog could not evaluate, and not a flag that is off', () => {
    const failed = { ...flag, enabled: false, variant: null, failed: true };
    const reason = { code: 'timeout' };
    expect(parse({ flags: { f1: { ...failed, reason } } }).get('f1')).toMatchObject({
      reason: 'ERROR',
      errorCode: 'GENERAL',
      errorMessage: expect.stringContaining('timeout'),
    });
  });

  it.each([null, 7, {}, { enabled: 'yes' }])('makes an error of the flag %j', (malformed) => {
    const flags = parse({ flags: { f1: malformed, f2: flag } });
    expect(flags.get('f1')).toMatchObject({ errorCode: 'PARSE_ERROR' });
    expect(flags.get('f2')?.value).toBe('a');
  });

  it('of an older server is understood', () => {
    const flags = parse({
      featureFlags: { on: true, off: false, f1: 'a' },
      featureFlagPayloads: { f1: '[1]' },
    });
    expect([...flags].map(([key, { value, payload }]) => [key, value, payload])).toEqual([
      ['on', true, undefined],
      ['off', false, undefined],
      ['f1', 'a', [1]],
    ]);
  });

  it('without quota says so', () => {
    const answer = { flags: {}, quotaLimited: ['feature_flags'] };
    expect(() => parse(answer)).toThrow(/quota_limited/);
    expect(() => parse(answer)).toThrow(expect.objectContaining({ code: 'REQUEST_FAILED' }));
    expect(parse({ flags: { f1: flag }, quotaLimited: ['recordings'] }).size).toBe(1);
  });

  it.each(['', 'null', '[]', '{}', '{"flags":[]}', '<html>'])('is not %j', (body) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'REQUEST_FAILED' }));
  });
});
