import { readFileSync } from 'node:fs';
import { createSnapshot } from '@halyard/core';
import { describeSource } from '@halyard/testing';
import { describe, expect, it } from 'vitest';
import {
  compile,
  type PosthogDefinitions,
  parse,
  posthog,
  posthogDefinitions,
  posthogFile,
  posthogRemote,
} from './index.ts';

const shop = parse(readFileSync(new URL('./fixtures/shop.json', import.meta.url), 'utf8'));
const staff = {
  targetingKey: 'jane',
  email: 'jane@shop.example',
  plan: 'pro',
  groups: { company: 'acme' },
  groupProperties: { company: { country: 'DE' } },
};
const visitor = { targetingKey: 'user-2', email: 'joe@else.example', plan: 'free' };

describeSource(
  { describe, it, expect },
  {
    source: posthogFile('./posthog.json'),
    definitions: shop,
    contexts: [staff, visitor],
    reads: [
      { flagKey: 'new-checkout', type: 'boolean', value: true },
      { flagKey: 'new-checkout', type: 'string', value: undefined },
      { flagKey: 'new-checkout', type: 'object', value: { steps: 2 } },
      { flagKey: 'new-checkout', type: undefined, value: true },
      { flagKey: 'new-checkout', context: visitor, type: 'boolean', value: false },
      { flagKey: 'new-checkout', context: visitor, type: 'object', value: undefined },
      { flagKey: 'new-checkout', context: visitor, type: undefined, value: false },
      { flagKey: 'button', type: 'string', value: 'red' },
      { flagKey: 'button', type: 'boolean', value: true },
      { flagKey: 'button', type: 'object', value: { hex: '#e5484d' } },
      { flagKey: 'button', type: 'number', value: undefined },
      { flagKey: 'button', type: undefined, value: 'red' },
      { flagKey: 'page-size', type: 'number', value: 50 },
      { flagKey: 'page-size', type: 'string', value: '50' },
      { flagKey: 'page-size', context: visitor, type: 'number', value: 20 },
      { flagKey: 'invoices', type: 'boolean', value: true },
      { flagKey: 'invoices', context: visitor, type: 'boolean', value: false },
      { flagKey: 'express', type: 'boolean', value: true },
      { flagKey: 'express', context: visitor, type: 'boolean', value: false },
      { flagKey: 'retired', type: 'boolean', value: false },
      { flagKey: 'retired', type: 'string', value: undefined },
      { flagKey: 'welcome', type: 'object', value: [1, 2] },
    ],
    faulty: [
      {
        definitions: {
          ...shop,
          flags: [
            ...shop.flags,
            { key: 'bad', active: true, filters: { groups: 'everybody' as never } },
          ],
        },
        flagKey: 'bad',
        path: 'filters.groups',
        neighbours: ['new-checkout', 'welcome'],
      },
    ],
    broken: {
      'no definitions': '{}',
      'flags that are no list': '{"flags":{}}',
      'cohorts that are a list': '{"flags":[],"cohorts":[]}',
      'group types that are a list': '{"flags":[],"groupTypeMapping":["company"]}',
    },
  },
);

describe('a PostHog source', () => {
  const keys = { projectKey: 'phc_project', secretKey: 'phs_a_secret' };

  it('evaluates the definitions, asks PostHog for the rest, and sends events', () => {
    expect(posthog(keys)).toMatchObject({
      name: 'posthog',
      definitions: { kind: 'http' },
      refreshInterval: 30_000,
      remote: expect.anything(),
      exposures: expect.anything(),
      cacheCodec: expect.anything(),
    });
  });

  it('leaves out what it is told to leave out', () => {
    const source = posthog({ ...keys, remote: false, sendFeatureFlagEvents: false });
    expect(source).not.toHaveProperty('remote');
    expect(source).not.toHaveProperty('exposures');
    expect(source).not.toHaveProperty('fallback');
  });

  it('refuses the project’s key in place of the secret one, says what to do, and repeats neither', () => {
    const create = () => posthog({ ...keys, secretKey: 'phc_project' });
    expect(create).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', part: 'posthog' }));
    expect(create).toThrow(/phs_….*phx_…/);
    expect(create).not.toThrow(/phc_project/);
  });

  it.each([undefined, '', 7, 'phs_with space', 'phs_with\nline'])(
    'refuses the secret key %j',
    (secretKey) => {
      expect(() => posthog({ ...keys, secretKey: secretKey as string })).toThrow(/`secretKey`/);
    },
  );

  it.each([undefined, '', 7, 'phc_a b', 'phc_a&b'])('refuses the project key %j', (projectKey) => {
    expect(() => posthog({ ...keys, projectKey: projectKey as string })).toThrow(/`projectKey`/);
    expect(() => posthogRemote({ projectKey: projectKey as string })).toThrow(/`projectKey`/);
  });

  it.each(['', 'posthog.com', 'ftp://x', 'https://user:pw@x', 'https://x?key=1', 7])(
    'refuses the address %j',
    (host) => {
      expect(() => posthog({ ...keys, host: host as string })).toThrow(/`host`/);
    },
  );

  it.each([[{ a: 1 }], [{ 'a b': 'x' }], [{ a: 'x\r\ny' }], ['a']])(
    'refuses the headers %j',
    (headers) => {
      expect(() => posthog({ ...keys, headers: headers as never })).toThrow(/header/);
    },
  );

  it.each([['here'], [[7]], [null]])('refuses the evaluation contexts %j', (contexts) => {
    expect(() => posthog({ ...keys, evaluationContexts: contexts as never })).toThrow(
      /`evaluationContexts`/,
    );
  });

  it('is told apart by address, project and contexts, and does not show a key', () => {
    const ids = [
      posthog(keys).id,
      posthog({ ...keys, projectKey: 'phc_other' }).id,
      posthog({ ...keys, host: 'https://eu.i.posthog.com' }).id,
      posthog({ ...keys, evaluationContexts: ['server'] }).id,
      posthogRemote(keys).id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.join()).not.toMatch(/phc_|phs_/);
    expect(posthog({ ...keys, secretKey: 'phs_other' }).id).toBe(ids[0]);
  });

  it.each(['', '  ', 7])('refuses %j as the path of definitions', (path) => {
    expect(() => posthogFile(path as string)).toThrow(/posthogFile needs the path/);
    expect(() => posthog({ ...keys, offline: path as string })).toThrow(
      /`offline`|flag definitions/,
    );
  });

  it('carries definitions given in code', () => {
    expect(posthogDefinitions(shop).definitions).toEqual({ kind: 'inline', value: shop });
    expect(() => posthogDefinitions({} as PosthogDefinitions)).toThrow(
      expect.objectContaining({ code: 'INVALID_DEFINITIONS' }),
    );
  });

  it('has only the flags for where it is', () => {
    const flags = [
      { key: 'here', active: true, evaluation_contexts: ['server'], filters: { groups: [{}] } },
      { key: 'there', active: true, evaluation_contexts: ['app'], filters: { groups: [{}] } },
    ];
    const source = posthogDefinitions({ flags }, { evaluationContexts: ['server'] });
    expect(source.compile({ flags }).flagKeys).toEqual(['here']);
  });
});

describe('a resolution', () => {
  const resolve = (key: string, context = {}) =>
    createSnapshot(compile(shop), context).resolve(key);

  it.each([
    ['new-checkout', staff, 'TARGETING_MATCH'],
    ['new-checkout', visitor, 'DEFAULT'],
    ['new-checkout', { ...visitor, plan: 'pro', targetingKey: 'user-3' }, 'SPLIT'],
    ['button', staff, 'TARGETING_MATCH'],
    ['button', visitor, 'SPLIT'],
    ['retired', staff, 'DISABLED'],
    ['welcome', visitor, 'TARGETING_MATCH'],
  ])('of %s for %j has the reason %s', (key, context, reason) => {
    expect(resolve(key, context).reason).toBe(reason);
  });

  it('has PostHog’s own words beside OpenFeature’s', () => {
    expect(resolve('button', staff)).toEqual({
      value: 'red',
      variant: 'red',
      enabled: true,
      payload: { hex: '#e5484d' },
      reason: 'TARGETING_MATCH',
      flagMetadata: {
        id: 12,
        'posthog.locallyEvaluated': true,
        'posthog.reason': 'Evaluated locally',
        'posthog.hasExperiment': true,
      },
    });
    expect(resolve('retired', staff).flagMetadata?.['posthog.reasonCode']).toBe('flag_disabled');
  });

  it('without a targeting key is an error that says so', () => {
    for (const key of compile(shop).flagKeys) {
      expect(resolve(key)).toMatchObject({
        reason: 'ERROR',
        errorCode: 'TARGETING_KEY_MISSING',
        errorMessage: expect.stringContaining('distinct id'),
      });
    }
  });

  it('of what cannot be decided says whether PostHog could, and why', () => {
    const { email: _, ...unknown } = staff;
    expect(resolve('new-checkout', unknown)).toMatchObject({
      reason: 'ERROR',
      errorCode: 'GENERAL',
      errorMessage: expect.stringContaining('missing_context'),
      remote: { kind: 'inconclusive', cause: 'missing_context' },
    });
    expect(resolve('express', unknown).remote).toEqual({
      kind: 'inconclusive',
      cause: 'unresolved_dependency',
    });
  });
});
