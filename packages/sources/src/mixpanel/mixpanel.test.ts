import { readFileSync } from 'node:fs';
import { createSnapshot, type EvaluationContext, toDetails } from '@halyard/core';
import { describeSource } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import { compile, mixpanelFile, parse, select } from './index.ts';

const shop = parse(readFileSync(new URL('./fixtures/shop.json', import.meta.url), 'utf8'));
const staff = {
  targetingKey: 'session-1',
  distinct_id: 'jane',
  company: 'acme',
  custom_properties: {
    Email: 'jane@SHOP.example',
    plan: 'pro',
    country: 'de',
    app_version: 'v2.1.0',
  },
};
const visitor = {
  targetingKey: 'session-2',
  distinct_id: 'user-2',
  company: 'globex',
  custom_properties: { email: 'joe@else.example', plan: 'free' },
};

describeSource(
  { describe, it, expect },
  {
    source: mixpanelFile('./mixpanel.json'),
    definitions: shop,
    contexts: [staff, visitor],
    reads: [
      { flagKey: 'new-checkout', type: 'boolean', value: true },
      { flagKey: 'new-checkout', type: 'string', value: undefined },
      { flagKey: 'new-checkout', type: 'object', value: undefined },
      { flagKey: 'new-checkout', type: undefined, value: true },
      { flagKey: 'new-checkout', context: visitor, type: 'boolean', value: undefined },
      { flagKey: 'new-checkout', context: visitor, type: undefined, value: undefined },
      { flagKey: 'button', type: 'string', value: '#e5484d' },
      { flagKey: 'button', type: 'boolean', value: undefined },
      { flagKey: 'button', type: 'number', value: undefined },
      { flagKey: 'button', type: undefined, value: '#e5484d' },
      { flagKey: 'page-size', type: 'number', value: 50 },
      { flagKey: 'page-size', type: 'string', value: undefined },
      { flagKey: 'page-size', type: 'boolean', value: undefined },
      { flagKey: 'page-size', context: visitor, type: 'number', value: 20 },
      { flagKey: 'invoices', type: 'object', value: { every: 1 } },
      { flagKey: 'invoices', type: 'string', value: undefined },
      { flagKey: 'invoices', context: visitor, type: 'object', value: undefined },
      { flagKey: 'welcome', type: 'object', value: undefined },
      { flagKey: 'welcome', type: undefined, value: [1, 2] },
      { flagKey: 'retired', type: 'boolean', value: undefined },
    ],
    faulty: [
      {
        definitions: {
          flags: [
            ...shop.flags,
            { key: 'bad', context: 'distinct_id', ruleset: { rollout: 'everybody' as never } },
          ],
        },
        flagKey: 'bad',
        path: 'ruleset.rollout',
        neighbours: ['new-checkout', 'welcome'],
      },
    ],
    broken: {
      'no definitions': '{}',
      'flags that are no list': '{"flags":{}}',
      'a refusal': '{"error":"unauthorized","status":0}',
    },
  },
);

describe('a resolution', () => {
  const resolve = (key: string, context: EvaluationContext) =>
    createSnapshot(compile(shop), context).resolve(key);

  it.each([
    ['new-checkout', staff, 'TARGETING_MATCH'],
    ['new-checkout', visitor, 'DEFAULT'],
    ['button', visitor, 'TARGETING_MATCH'],
    ['welcome', visitor, 'TARGETING_MATCH'],
    ['retired', staff, 'DEFAULT'],
  ])('of %s for %j has the reason %s', (key, context, reason) => {
    expect(resolve(key, context).reason).toBe(reason);
  });

  it('says of which experiment a variant is, and whether it was given to a tester', () => {
    expect(resolve('button', staff)).toEqual({
      value: '#e5484d',
      variant: 'red',
      reason: 'TARGETING_MATCH',
      flagMetadata: { experiment_id: 'exp-12', is_experiment_active: true, is_qa_tester: true },
    });
    expect(resolve('button', visitor).flagMetadata).toEqual({
      experiment_id: 'exp-12',
      is_experiment_active: true,
      is_qa_tester: false,
    });
    expect(resolve('welcome', visitor).flagMetadata).toEqual({ is_qa_tester: false });
  });

  it('of a flag that takes nobody leaves the value to its reader', () => {
    const details = toDetails('retired', true, resolve('retired', staff), select);
    expect(details).toMatchObject({ value: true, reason: 'DEFAULT' });
    expect(details.errorCode).toBeUndefined();
  });

  it('of another type than the reader’s is a mismatch', () => {
    const mismatch = { reason: 'ERROR', errorCode: 'TYPE_MISMATCH' };
    expect(toDetails('welcome', [0], resolve('welcome', staff), select)).toMatchObject(mismatch);
    expect(toDetails('button', true, resolve('button', staff), select)).toMatchObject(mismatch);
  });

  it('without the field that a flag hashes is an error that names it', () => {
    const nobody = { targetingKey: 'session-1' };
    for (const { key, context } of shop.flags) {
      expect(resolve(key, nobody)).toMatchObject({
        reason: 'ERROR',
        errorCode: 'TARGETING_KEY_MISSING',
        errorMessage: expect.stringContaining(`"${context}"`),
      });
    }
  });
});
