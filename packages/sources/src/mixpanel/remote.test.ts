import type { Resolution } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { mixpanelRemote } from './index.ts';

const { remote } = mixpanelRemote({ token: 'a-project-token' });

function parse(answer: unknown, durationMs?: number): ReadonlyMap<string, Resolution> {
  const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const response = { status: 200, headers: {}, body, ...(durationMs && { durationMs }) };
  return remote?.parse(response, { distinct_id: 'ann' }) ?? new Map();
}

const selected = {
  variant_key: 'big',
  variant_value: { size: 7 },
  experiment_id: 'exp-1',
  is_experiment_active: true,
  is_qa_tester: false,
};

describe('an answer of Mixpanel', () => {
  it('gives every flag with all that is said of it, and how long it took', () => {
    const flags = parse({ code: 200, flags: { f1: selected } }, 12.6);
    expect([...flags]).toEqual([
      [
        'f1',
        {
          value: { size: 7 },
          variant: 'big',
          reason: 'TARGETING_MATCH',
          flagMetadata: {
            experiment_id: 'exp-1',
            is_experiment_active: true,
            is_qa_tester: false,
            variant_source: 'remote',
            'mixpanel.latencyMs': 13,
          },
        },
      ],
    ]);
  });

  it('need not say much', () => {
    const bare = { variant_key: 'on', variant_value: true };
    const quiet = { ...bare, experiment_id: null, is_experiment_active: null, is_qa_tester: null };
    const flags = parse({ flags: { bare, quiet } });
    for (const key of ['bare', 'quiet']) {
      expect(flags.get(key)).toEqual({
        value: true,
        variant: 'on',
        reason: 'TARGETING_MATCH',
        flagMetadata: { variant_source: 'remote' },
      });
    }
  });

  it.each([true, false, 0, '', 'a', [], { a: 1 }, null])('has the value %j as it is', (value) => {
    const flag = { ...selected, variant_value: value };
    expect(parse({ flags: { f1: flag } }).get('f1')?.value).toEqual(value);
  });

  it('may have flags of any name', () => {
    const text = `{"flags":{"__proto__":${JSON.stringify(selected)},"constructor":${JSON.stringify(selected)}}}`;
    expect([...parse(text).keys()]).toEqual(['__proto__', 'constructor']);
  });

  it.each([
    null,
    7,
    [],
    {},
    { variant_key: 'on' },
    { variant_value: true },
    { variant_key: 7, variant_value: true },
  ])('makes an error of the flag %j, and of no other', (malformed) => {
    const flags = parse({ flags: { f1: malformed, f2: selected } });
    expect(flags.get('f1')).toMatchObject({ reason: 'ERROR', errorCode: 'PARSE_ERROR' });
    expect(flags.get('f2')?.variant).toBe('big');
  });

  it.each(['', 'null', '[]', '{}', '{"flags":[]}', '{"flags":null}', '<html>'])(
    'is not %j',
    (body) => {
      expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'REQUEST_FAILED' }));
    },
  );
});

it('a flag that is not in the answer was not found, and is left to the reader', () => {
  expect(remote?.absent?.('f1')).toEqual({
    reason: 'DEFAULT',
    errorCode: 'FLAG_NOT_FOUND',
    errorMessage: expect.stringContaining('"f1" was not found'),
  });
});
