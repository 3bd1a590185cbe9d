import type { EvaluationContext, HttpDefinitions, RemoteEvaluation } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { definitions, flag } from './fixtures/build.ts';
import { type PosthogDefinitions, posthog, posthogRemote } from './index.ts';

const keys = { projectKey: 'phc_project', secretKey: 'phs_a_secret' };
const httpOf = (options = {}) =>
  posthog({ ...keys, ...options }).definitions as HttpDefinitions<PosthogDefinitions>;

describe('the request for definitions', () => {
  it('is the one that PostHog’s own SDKs make', () => {
    expect(httpOf().request()).toMatchObject({
      url: 'https://us.i.posthog.com/flags/definitions?token=phc_project&send_cohorts',
      method: 'GET',
      headers: { authorization: 'Bearer phs_a_secret', 'content-type': 'application/json' },
      secrets: ['phs_a_secret'],
    });
    expect(httpOf().request()).not.toHaveProperty('headers.if-none-match');
  });

  it('sends the tag back as it came', () => {
    const { headers } = httpOf().request({ etag: 'W/"abc"' });
    expect(headers?.['if-none-match']).toBe('W/"abc"');
  });

  it('goes to the address that is given, whatever it ends in, with the headers that are', () => {
    const { url, headers, secrets } = httpOf({
      host: ' https://eu.i.posthog.com// ',
      headers: { 'X-Proxy': 'pass' },
    }).request();
    expect(url).toBe('https://eu.i.posthog.com/flags/definitions?token=phc_project&send_cohorts');
    expect(headers).toMatchObject({ 'x-proxy': 'pass' });
    expect(secrets).toEqual(['phs_a_secret', 'pass']);
  });

  it('brings definitions as they are', () => {
    const written = definitions([flag('f1')], { minimal_flag_called_events: true });
    expect(httpOf().parse([JSON.stringify(written)])).toEqual(written);
  });
});

describe('the request for flags', () => {
  const { request } = posthogRemote({ ...keys, evaluationContexts: ['server'] })
    .remote as RemoteEvaluation;
  const bodyOf = (context: EvaluationContext, asked?: readonly string[]) =>
    JSON.parse(request(context, asked).body ?? '');

  it('asks for the flags in question, of the person and their groups', () => {
    const context = {
      targetingKey: 'ann',
      plan: 'pro',
      $device_id: 'd1',
      joined: new Date(0),
      groups: { company: 'acme' },
      groupProperties: { company: { country: 'DE' }, other: { x: 1 } },
    };
    expect(request(context)).toMatchObject({
      url: 'https://us.i.posthog.com/flags/?v=2',
      method: 'POST',
    });
    expect(request(context).headers).not.toHaveProperty('authorization');
    expect(bodyOf(context, ['f1', 'f2'])).toEqual({
      token: 'phc_project',
      distinct_id: 'ann',
      groups: { company: 'acme' },
      person_properties: { plan: 'pro', $device_id: 'd1', joined: '1970-01-01T00:00:00.000Z' },
      group_properties: { company: { $group_key: 'acme', country: 'DE' } },
      geoip_disable: true,
      evaluation_runtime: 'server',
      flag_keys_to_evaluate: ['f1', 'f2'],
      $device_id: 'd1',
      evaluation_contexts: ['server'],
    });
  });

  it('leaves out what there is none of', () => {
    const body = bodyOf({ targetingKey: 'ann' });
    expect(body).not.toHaveProperty('flag_keys_to_evaluate');
    expect(body).not.toHaveProperty('$device_id');
    expect(body).toMatchObject({ groups: {}, person_properties: {}, group_properties: {} });
  });

  const circular: Record<string, unknown> = { targetingKey: 'ann' };
  circular.self = circular;
  it.each([
    ['without a targeting key', {}, 'TARGETING_KEY_MISSING'],
    ['that is circular', circular, 'INVALID_CONTEXT'],
    ['with what JSON cannot carry', { targetingKey: 'ann', n: 10n }, 'INVALID_CONTEXT'],
  ])('refuses a context %s', (_what, context, code) => {
    expect(() => request(context as never)).toThrow(expect.objectContaining({ code }));
  });
});

describe('definitions in a shared cache', () => {
  const { cacheCodec } = posthog(keys);
  const store = (written: object) => cacheCodec?.toData([JSON.stringify(written)]);
  const load = (data: unknown) => cacheCodec?.fromData(data).map((body) => JSON.parse(body));

  it('are spelt in both ways, so that every SDK can read them', () => {
    const written = { ...definitions([flag('f1')]), property_matching_version: 2 };
    expect(store(written)).toEqual({
      ...written,
      groupTypeMapping: written.group_type_mapping,
      minimal_flag_called_events: false,
      minimalFlagCalledEvents: false,
      propertyMatchingVersion: 2,
    });
  });

  it('are read in either way', () => {
    const older = { flags: [flag('f1')], cohorts: {}, groupTypeMapping: { '0': 'company' } };
    expect(load(older)).toEqual([older]);
    expect(load(store({ flags: [] }))).toEqual([
      expect.objectContaining({ flags: [], cohorts: {}, group_type_mapping: {} }),
    ]);
  });

  it.each([undefined, null, 'x', {}, { flags: 7 }])('are not %j', (data) => {
    expect(() => load(data)).toThrow(expect.objectContaining({ code: 'INVALID_DEFINITIONS' }));
  });
});
