import type { EvaluationContext, HttpDefinitions, RemoteEvaluation } from '@halyard/core';
import { HALYARD_VERSION } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { type MixpanelDefinitions, mixpanel, mixpanelRemote } from './index.ts';

const token = 'a-project-token';
const serviceAccount = { username: ' robot.mp ', secret: ' a-robots-secret ', projectId: ' 42 ' };

const definitionsOf = (options = {}) =>
  mixpanel({ token, ...options }).definitions as HttpDefinitions<MixpanelDefinitions>;
const queryOf = (url: string) => Object.fromEntries(new URL(url).searchParams);

const COMMON = { mp_lib: 'halyard', $lib_version: HALYARD_VERSION, token };

describe('the request for definitions', () => {
  it('shows the token, in the address and as a user name', () => {
    const request = definitionsOf({ token: ` ${token}\n` }).request();
    expect(request).toMatchObject({
      method: 'GET',
      headers: { 'content-type': 'application/json', 'user-agent': `halyard/${HALYARD_VERSION}` },
      auth: { username: token, password: '' },
      trace: true,
      secrets: [token],
    });
    expect(request.url).toMatch(/^https:\/\/api\.mixpanel\.com\/flags\/definitions\?/);
    expect(queryOf(request.url)).toEqual(COMMON);
  });

  it('shows the service account where there is one, and its project', () => {
    const request = definitionsOf({ serviceAccount }).request();
    expect(request.auth).toEqual({ username: 'robot.mp', password: 'a-robots-secret' });
    expect(queryOf(request.url)).toEqual({ ...COMMON, project_id: '42' });
    expect(request.secrets).toEqual([token, 'a-robots-secret']);
    expect(request.url).not.toContain('robot');
  });

  it.each([
    ['api-eu.mixpanel.com', 'https://api-eu.mixpanel.com/flags/definitions'],
    [' api-in.mixpanel.com/ ', 'https://api-in.mixpanel.com/flags/definitions'],
    ['localhost:8080', 'https://localhost:8080/flags/definitions'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/flags/definitions'],
    ['https://proxy.example/mp//', 'https://proxy.example/mp/flags/definitions'],
  ])('goes to %s', (apiHost, expected) => {
    expect(definitionsOf({ apiHost }).request().url.split('?', 1)).toEqual([expected]);
  });

  it('has the headers that are given, whose values are secret', () => {
    const { headers, secrets } = definitionsOf({ headers: { 'X-Proxy': 'pass' } }).request();
    expect(headers).toMatchObject({ 'x-proxy': 'pass' });
    expect(secrets).toEqual([token, 'pass']);
  });

  it('writes whatever a token holds so that it is one field', () => {
    const odd = 'a&b=c d#é\ud800';
    const { url } = definitionsOf({ token: odd }).request();
    expect(queryOf(url).token).toBe('a&b=c d#é\ufffd');
  });

  it('is the same whatever is held already', () => {
    expect(definitionsOf().request({ etag: '"x"' })).toEqual(definitionsOf().request());
  });

  it('brings definitions as they are', () => {
    const written = { flags: [{ key: 'f1', context: 'distinct_id', cohort: 7 }] };
    expect(definitionsOf().parse([JSON.stringify(written)])).toEqual(written);
  });
});

describe('the request for flags', () => {
  const { request } = mixpanelRemote({ token, serviceAccount }).remote as RemoteEvaluation;
  const asked = (context: EvaluationContext, keys?: readonly string[]) => {
    const { context: written = '', ...query } = queryOf(request(context, keys).url);
    return { ...query, context: JSON.parse(written) };
  };

  it('gives the context as it is, encoded once', () => {
    const context = {
      targetingKey: 'ann',
      distinct_id: 'ü&%41 "+',
      company: 'acme',
      joined: new Date(0),
      custom_properties: { plan: 'pro', nested: [1, { a: null }] },
    };
    expect(request(context)).toMatchObject({
      url: expect.stringMatching(/^https:\/\/api\.mixpanel\.com\/flags\?/),
      method: 'GET',
      auth: { username: 'robot.mp', password: 'a-robots-secret' },
      trace: true,
    });
    expect(asked(context)).toEqual({
      ...COMMON,
      project_id: '42',
      context: { ...context, joined: '1970-01-01T00:00:00.000Z' },
    });
  });

  it.each([
    [undefined, undefined],
    [[], undefined],
    [['f1'], 'f1'],
    [['f&1 \ud800'], 'f&1 \ufffd'],
    [['f1', 'f2'], undefined],
  ])('of the flags %j names %j', (keys, named) => {
    expect(asked({ distinct_id: 'ann' }, keys)).toMatchObject(
      named === undefined ? { context: { distinct_id: 'ann' } } : { flag_key: named },
    );
    expect('flag_key' in asked({ distinct_id: 'ann' }, keys)).toBe(named !== undefined);
  });

  it.each([
    [7, '7'],
    [0, '0'],
    [false, 'false'],
  ])('has the distinct id %j as a text', (id, text) => {
    expect(asked({ distinct_id: id, a: 1 }).context).toEqual({ distinct_id: text, a: 1 });
  });

  it.each([[{}], [{ targetingKey: 'ann' }], [{ distinct_id: '' }], [{ distinct_id: null }]])(
    'cannot be for %j, which is nobody',
    (context) => {
      expect(() => request(context)).toThrow(
        expect.objectContaining({ code: 'TARGETING_KEY_MISSING' }),
      );
    },
  );

  const circular: Record<string, unknown> = { distinct_id: 'ann' };
  circular.self = circular;
  const hostile = {
    distinct_id: 'ann',
    get plan() {
      throw new Error('no');
    },
  };

  it.each([
    ['that is circular', circular],
    ['with what JSON cannot carry', { distinct_id: 'ann', n: 10n }],
    ['that throws when it is read', hostile],
  ])('cannot be for a context %s', (_what, context) => {
    expect(() => request(context as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_CONTEXT' }),
    );
  });
});
