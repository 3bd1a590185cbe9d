import { createSnapshot, type EvaluationContext, type Exposure } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { definitions, flag, variants } from './fixtures/build.ts';
import { compile, posthog, posthogDefinitions } from './index.ts';

const { exposures } = posthog({ projectKey: 'phc_project', secretKey: 'phs_a_secret' });
const EVALUATED_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

const exposure: Exposure = {
  id: '0123456789abcdef0123456789abcdef',
  flagKey: 'f1',
  variant: 'a',
  value: 'a',
  reason: 'SPLIT',
  targetingKey: 'ann',
  context: { targetingKey: 'ann', groups: { company: 'acme' } },
  flagMetadata: { id: 7, 'posthog.locallyEvaluated': true, 'posthog.reason': 'Evaluated locally' },
  source: 'posthog',
  version: 'v1',
  definitionsLoadedAt: EVALUATED_AT - 7000,
  evaluatedAt: EVALUATED_AT,
  origin: 'server',
};

function eventOf(change: Partial<Exposure> = {}) {
  const request = exposures?.request([{ ...exposure, ...change }]);
  return JSON.parse(request?.body ?? '').batch[0];
}

describe('an exposure', () => {
  it('goes to the intake of events, with the project’s key and no secret one', () => {
    const request = exposures?.request([exposure, exposure]);
    expect(request).toMatchObject({ url: 'https://us.i.posthog.com/batch/', method: 'POST' });
    const { api_key, batch } = JSON.parse(request?.body ?? '');
    expect([api_key, batch.length]).toEqual(['phc_project', 2]);
    expect(JSON.stringify(request)).not.toContain('phs_a_secret');
    expect(exposures?.maxBatchSize).toBe(100);
  });

  it('is the event that PostHog’s own SDKs send', () => {
    expect(eventOf()).toEqual({
      event: '$feature_flag_called',
      distinct_id: 'ann',
      timestamp: '2026-01-02T03:04:05.006Z',
      uuid: '01234567-89ab-5def-8123-456789abcdef',
      properties: {
        $feature_flag: 'f1',
        $feature_flag_response: 'a',
        '$feature/f1': 'a',
        $feature_flag_id: 7,
        $feature_flag_reason: 'Evaluated locally',
        locally_evaluated: true,
        $feature_flag_evaluated_at: EVALUATED_AT,
        $feature_flag_definitions_loaded_at: EVALUATED_AT - 7000,
        $groups: { company: 'acme' },
        $lib: 'halyard',
        $lib_version: expect.any(String),
        $is_server: true,
        $geoip_disable: true,
      },
    });
  });

  it('of a flag that PostHog evaluated has what PostHog said', () => {
    const flagMetadata = {
      id: 7,
      version: 3,
      'posthog.locallyEvaluated': false,
      'posthog.reason': 'Matched condition set 1',
      'posthog.requestId': 'r1',
      'posthog.evaluatedAt': 5,
      'posthog.hasExperiment': true,
      'posthog.error': 'errors_while_computing_flags',
    };
    const { properties } = eventOf({ flagMetadata });
    expect(properties).not.toHaveProperty('$feature_flag_definitions_loaded_at');
    expect(properties).toMatchObject({
      $feature_flag_version: 3,
      $feature_flag_reason: 'Matched condition set 1',
      locally_evaluated: false,
      $feature_flag_request_id: 'r1',
      $feature_flag_evaluated_at: 5,
      $feature_flag_has_experiment: true,
      $feature_flag_error: 'errors_while_computing_flags',
    });
  });

  it.each([
    [true, undefined, true],
    [false, undefined, false],
    ['a', 'a', 'a'],
  ])('of %j says so', (value, variant, response) => {
    const { properties } = eventOf({ value, variant });
    expect(properties.$feature_flag_response).toBe(response);
    expect(properties['$feature/f1']).toBe(response);
  });

  it('leaves things out only where PostHog says so and the flag is in no experiment', () => {
    const hasAll = (hasMinimal: boolean, hasExperiment: boolean | undefined) => {
      const { flags } = definitions([flag('f1')]);
      const written = definitions(
        flags.map((one) => ({ ...one, has_experiment: hasExperiment })),
        { minimal_flag_called_events: hasMinimal },
      );
      const { flagMetadata } = createSnapshot(compile(written), exposure.context ?? {}).resolve(
        'f1',
      );
      const { properties } = eventOf({ flagMetadata });
      const names = ['$feature/f1', '$feature_flag_definitions_loaded_at'];
      const has = names.map((name) => Object.hasOwn(properties, name));
      expect(new Set(has).size).toBe(1);
      return has[0];
    };
    expect([hasAll(true, false), hasAll(true, true), hasAll(true, undefined)]).toEqual([
      ...[false, true, true],
    ]);
    expect(hasAll(false, false)).toBe(true);
  });

  it('has the same id however often it is sent, and another than others', () => {
    expect(eventOf().uuid).toBe(eventOf({ value: 'b' }).uuid);
    expect(eventOf({ id: 'f'.repeat(32) }).uuid).toBe('ffffffff-ffff-5fff-bfff-ffffffffffff');
    const named = eventOf({ id: 'my own id' }).uuid;
    expect(named).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(named).not.toBe(eventOf({ id: 'my other id' }).uuid);
  });

  it('seen in a browser says so', () => {
    expect(eventOf({ origin: 'client' }).properties.$is_server).toBe(false);
  });

  it('without groups has none', () => {
    const throwing = new Proxy(
      {},
      {
        getOwnPropertyDescriptor: () => {
          throw new Error('no');
        },
      },
    );
    for (const context of [undefined, {}, { groups: {} }, throwing]) {
      expect(eventOf({ context }).properties).not.toHaveProperty('$groups');
    }
  });

  it.each([undefined, ''])('of somebody with the id %j does not count', (targetingKey) => {
    expect(exposures?.accepts?.({ ...exposure, targetingKey })).toBe(false);
    expect(exposures?.accepts?.(exposure)).toBe(true);
  });

  it('is told of by a flag with variants, too', () => {
    const written = definitions([flag('f1', { groups: [{}], multivariate: variants({ a: 100 }) })]);
    const resolution = createSnapshot(compile(written), { targetingKey: 'ann' }).resolve('f1');
    const { variant, value, flagMetadata } = resolution;
    expect(eventOf({ variant, value, flagMetadata }).properties.$feature_flag_response).toBe('a');
  });
});

describe('whom a call is counted for', () => {
  const subject = (context: EvaluationContext) =>
    posthogDefinitions(definitions([])).subject?.(context);

  it('is the person', () => {
    expect(subject({ targetingKey: 'ann', plan: 'pro' })).toBe('ann');
    expect(subject({ targetingKey: 'ann', groups: {} })).toBe('ann');
    expect(subject({ plan: 'pro' })).toBeUndefined();
  });

  it('is another once the person is in other groups, in whatever order they are named', () => {
    const inGroups = (groups: object) => subject({ targetingKey: 'ann', groups } as never);
    const acme = inGroups({ company: 'acme', team: 7 });
    expect(inGroups({ team: '7', company: 'acme' })).toBe(acme);
    const others = [inGroups({ company: 'acme' }), inGroups({ company: 'other', team: 7 }), 'ann'];
    expect(new Set([acme, ...others]).size).toBe(4);
  });
});
