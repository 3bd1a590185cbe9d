import { describe, expect, it } from 'vitest';
import type { PosthogEmulator, PosthogEvaluation, PosthogFlagRecord } from '../index.ts';
import { askFlags, emulators, post } from './fixtures/shop.ts';

const start = emulators();

const answerOf = async (emulator: PosthogEmulator, body = {}) => {
  const response = await askFlags(emulator, body);
  expect(response.status).toBe(200);
  return response.json();
};

const FAILED: PosthogFlagRecord = {
  key: 'checkout',
  enabled: false,
  variant: null,
  reason: { code: 'timeout', condition_index: null },
  metadata: { id: 1, version: 3, description: null, payload: null, has_experiment: null },
  failed: true,
};

describe('flags when nothing evaluates', () => {
  it('are what they are for everybody, in whole records', async () => {
    const answer = await answerOf(await start());
    expect(answer).toEqual({
      flags: {
        checkout: {
          key: 'checkout',
          enabled: true,
          variant: null,
          reason: { code: 'condition_match', condition_index: null },
          metadata: {
            id: 1,
            version: 3,
            description: 'One page is enough',
            payload: '1',
            has_experiment: false,
          },
        },
        banner: {
          key: 'banner',
          enabled: true,
          variant: 'plain',
          reason: { code: 'condition_match', condition_index: null },
          metadata: {
            id: 2,
            version: 1,
            description: null,
            payload: '{"title":"Hello"}',
            has_experiment: null,
          },
        },
      },
      errorsWhileComputingFlags: false,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      evaluatedAt: expect.any(Number),
    });
  });

  it.each([
    [[{ properties: [{ key: 'plan', value: 'pro' }] }]],
    [[{ properties: [], rollout_percentage: 99 }]],
    [[]],
    [null],
  ])('are off with the conditions %j', async (groups) => {
    const emulator = await start({
      definitions: { flags: [{ key: 'beta', active: true, filters: { groups } }] },
    });
    expect((await answerOf(emulator)).flags.beta).toMatchObject({
      enabled: false,
      variant: null,
      reason: { code: 'no_condition_match' },
      metadata: { payload: null },
    });
  });
});

describe('an evaluation', () => {
  it('gets the definitions and what the request says about the visitor', async () => {
    const seen: unknown[] = [];
    const evaluate: PosthogEvaluation = (...args) => {
      seen.push(...args);
      return { flags: {} };
    };
    const emulator = await start({ evaluate });
    const visitor = {
      distinct_id: 'user-1',
      groups: { company: 'acme' },
      person_properties: { plan: 'pro' },
      group_properties: { company: { $group_key: 'acme' } },
      $device_id: 'phone',
      geoip_disable: true,
      evaluation_contexts: ['web'],
      evaluation_runtime: 'server',
    };
    await answerOf(emulator, { ...visitor, flag_keys_to_evaluate: null });
    expect(seen).toEqual([emulator.definitions, visitor]);
  });

  it('may answer values, of flags nobody defined as well, or whole records', async () => {
    const emulator = await start({
      evaluate: () => ({ flags: { banner: 'gold', checkout: FAILED, nowhere: true, off: false } }),
    });
    const { flags } = await answerOf(emulator);
    expect(flags.checkout).toEqual(FAILED);
    expect(flags.banner).toMatchObject({ variant: 'gold', metadata: { id: 2, payload: null } });
    expect(flags.nowhere).toMatchObject({ enabled: true, variant: null, metadata: { id: 0 } });
    expect(flags.off).toMatchObject({ key: 'off', enabled: false });
  });

  it('is cut down to the flags that were asked for', async () => {
    const { flags } = await answerOf(await start(), {
      flag_keys_to_evaluate: ['banner', 'nowhere'],
    });
    expect(Object.keys(flags)).toEqual(['banner']);
  });

  it('has errors if a flag has failed', async () => {
    const emulator = await start({ evaluate: () => ({ flags: { checkout: FAILED } }) });
    expect((await answerOf(emulator)).errorsWhileComputingFlags).toBe(true);
  });

  it('may say anything else about the answer', async () => {
    const said = {
      errorsWhileComputingFlags: true,
      requestId: 'r-1',
      evaluatedAt: 1_767_225_600_000,
      quotaLimited: ['recordings'],
    };
    const emulator = await start({ evaluate: () => ({ flags: {}, ...said }) });
    expect(await answerOf(emulator)).toEqual({ flags: {}, ...said });
  });

  it('that throws is reported', async () => {
    const emulator = await start({
      evaluate: () => {
        throw new Error('broken evaluation');
      },
    });
    expect((await askFlags(emulator)).status).toBe(500);
    await expect(emulator.close()).rejects.toThrow('broken evaluation');
  });
});

it('passes on that exposures may be minimal', async () => {
  const emulator = await start();
  expect(await answerOf(emulator)).not.toHaveProperty('minimalFlagCalledEvents');
  emulator.publish((definitions) => ({ ...definitions, minimal_flag_called_events: true }));
  expect((await answerOf(emulator)).minimalFlagCalledEvents).toBe(true);
});

it('evaluates nothing once the quota of flags is used up', async () => {
  let evaluations = 0;
  const emulator = await start({
    evaluate: () => {
      evaluations++;
      return { flags: { checkout: true } };
    },
  });
  emulator.setQuotaLimited(['feature_flags']);
  expect(await answerOf(emulator)).toMatchObject({ flags: {}, quotaLimited: ['feature_flags'] });
  expect(evaluations).toBe(0);
  emulator.setQuotaLimited([]);
  expect(Object.keys((await answerOf(emulator)).flags)).toEqual(['checkout']);
});

describe('what is refused', () => {
  it.each([
    [{ token: undefined }, 401, 'No project key was given.'],
    [{ token: 'phc_other' }, 401, 'The project key is not valid.'],
    [{ token: 'phs_emulator' }, 401, 'The project key is not valid.'],
    [{ distinct_id: undefined }, 400, 'distinct_id must be a string.'],
    [{ distinct_id: 7 }, 400, 'distinct_id must be a string.'],
    [{ distinct_id: '' }, 400, 'distinct_id must not be empty.'],
    [{ groups: ['acme'] }, 400, 'groups must be an object.'],
    [{ person_properties: 'pro' }, 400, 'person_properties must be an object.'],
    [{ group_properties: { company: 'acme' } }, 400, 'group_properties must be an object of'],
    [{ flag_keys_to_evaluate: 'a' }, 400, 'flag_keys_to_evaluate must be a list of strings.'],
    [{ flag_keys_to_evaluate: [1] }, 400, 'flag_keys_to_evaluate must be a list of strings.'],
    [{ evaluation_contexts: {} }, 400, 'evaluation_contexts must be a list of strings.'],
    [{ evaluation_runtime: 1 }, 400, 'evaluation_runtime must be a string.'],
    [{ $device_id: 1 }, 400, '$device_id must be a string.'],
    [{ geoip_disable: 1 }, 400, 'geoip_disable must be a boolean.'],
  ])('a body with %j (%i)', async (body, status, detail) => {
    const response = await askFlags(await start(), body);
    expect([response.status, await response.text()]).toEqual([
      status,
      expect.stringContaining(detail),
    ]);
  });

  it.each(['{', '[]'])('the body %s', async (body) => {
    const { host } = await start();
    expect((await post(`${host}/flags/?v=2`, body)).status).toBe(400);
  });

  it('another version of the API', async () => {
    const { host, projectKey: token } = await start();
    const response = await post(`${host}/flags/`, { token, distinct_id: 'a' });
    expect([response.status, await response.text()]).toEqual([400, 'Only v=2 is emulated.']);
  });
});
