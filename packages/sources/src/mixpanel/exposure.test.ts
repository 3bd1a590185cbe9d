import { type Exposure, HALYARD_VERSION } from '@halyard/core';
import { describe, expect, it } from 'vitest';
import { mixpanel, mixpanelRemote } from './index.ts';

const token = 'a-project-token';
const serviceAccount = { username: 'robot.mp', secret: 'a-robots-secret', projectId: '4 2' };
const tracked = mixpanel({ token, headers: { 'X-Proxy': 'pass' } }).exposures;
const imported = mixpanel({ token, serviceAccount }).exposures;

const EVALUATED_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 6);

const exposure: Exposure = {
  id: '0123456789abcdef0123456789abcdef',
  flagKey: 'f1',
  variant: 'big',
  value: 7,
  reason: 'TARGETING_MATCH',
  targetingKey: 'ann',
  subject: 'd-ann',
  context: { targetingKey: 'ann', distinct_id: 'used again for somebody else' },
  flagMetadata: { experiment_id: 'exp-1', is_experiment_active: true },
  source: 'mixpanel',
  version: 'v1',
  evaluatedAt: EVALUATED_AT,
  origin: 'server',
};

function eventOf(change: Partial<Exposure> = {}, endpoint = tracked) {
  const { body = '' } = endpoint?.request([{ ...exposure, ...change }]) ?? {};
  return JSON.parse(new URLSearchParams(body).get('data') ?? '')[0];
}

describe('an exposure', () => {
  it('is the event that Mixpanel’s own SDKs send', () => {
    expect(eventOf()).toEqual({
      event: '$experiment_started',
      properties: {
        token,
        time: EVALUATED_AT / 1000,
        distinct_id: 'd-ann',
        $insert_id: '0123456789abcdef0123456789abcdef',
        mp_lib: 'halyard',
        $lib_version: HALYARD_VERSION,
        'Experiment name': 'f1',
        'Variant name': 'big',
        $experiment_type: 'feature_flag',
        'Flag evaluation mode': 'local',
        $experiment_id: 'exp-1',
        $is_experiment_active: true,
        $is_qa_tester: false,
      },
    });
  });

  it('of a flag that Mixpanel evaluated says so, and how long that took', () => {
    const flagMetadata = { variant_source: 'remote', 'mixpanel.latencyMs': 13, is_qa_tester: true };
    const { properties } = eventOf({ flagMetadata });
    expect(properties).toMatchObject({
      'Flag evaluation mode': 'remote',
      'Variant fetch latency (ms)': 13,
      $is_qa_tester: true,
    });
    expect(properties).not.toHaveProperty('$experiment_id');
    expect(properties).not.toHaveProperty('$is_experiment_active');
  });

  it('that was named by hand says how the source evaluates', () => {
    const { exposures } = mixpanelRemote({ token });
    const named = { reason: 'UNKNOWN', value: undefined, flagMetadata: undefined } as const;
    expect(eventOf(named).properties['Flag evaluation mode']).toBe('local');
    const { properties } = eventOf(named, exposures);
    expect(properties['Flag evaluation mode']).toBe('remote');
    expect(properties).not.toHaveProperty('Variant fetch latency (ms)');
    expect(properties).not.toHaveProperty('$is_qa_tester');
    // Read from the definitions for when Mixpanel does not answer.
    expect(eventOf({}, exposures).properties['Flag evaluation mode']).toBe('local');
  });

  it('without anything to say of the flag leaves it out', () => {
    const { properties } = eventOf({ flagMetadata: undefined });
    expect(properties).toMatchObject({ 'Flag evaluation mode': 'local', $is_qa_tester: false });
    expect(properties).not.toHaveProperty('$experiment_id');
    const remote = eventOf({ flagMetadata: { variant_source: 'remote' } }).properties;
    expect(remote).not.toHaveProperty('$is_qa_tester');
  });

  it('of a tester says so', () => {
    expect(eventOf({ flagMetadata: { is_qa_tester: true } }).properties.$is_qa_tester).toBe(true);
  });

  it('has the same insert id however often it is sent, which Mixpanel takes', () => {
    const idOf = (id: string) => eventOf({ id }).properties.$insert_id;
    for (const id of ['my own id', '0', 'null', 'x'.repeat(100), '']) {
      expect(idOf(id)).toMatch(/^[\da-f]{32}$/);
      expect(idOf(id)).toBe(idOf(id));
    }
    expect(idOf('0')).not.toBe(idOf('null'));
    const uuid = '01234567-89ab-5def-8123-456789abcdef';
    expect(idOf(uuid)).toBe(uuid);
  });

  it('counts where it is of a variant and of somebody', () => {
    const counts = (change: Partial<Exposure>) => {
      const one = { ...exposure, ...change };
      expect(imported?.accepts?.(one)).toBe(tracked?.accepts?.(one));
      return tracked?.accepts?.(one);
    };
    expect(counts({})).toBe(true);
    expect(counts({ targetingKey: undefined })).toBe(true);
    expect(counts({ variant: undefined })).toBe(false);
    expect(counts({ subject: undefined })).toBe(false);
    expect(counts({ context: undefined })).toBe(true);
  });
});

it.each([{ targetingKey: 'ann' }, { distinct_id: '' }, { distinct_id: 0 }])(
  '%o is nobody',
  (context) => {
    expect(mixpanel({ token }).subject?.(context)).toBeUndefined();
  },
);

describe('with a token alone, exposures', () => {
  it('are tracked, as a form of JSON', () => {
    const odd = { ...exposure, flagKey: 'a&b=c+d é\ud800' };
    const request = tracked?.request([exposure, odd]);
    expect(request).toMatchObject({
      url: 'https://api.mixpanel.com/track?verbose=1&ip=0',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-proxy': 'pass' },
      secrets: [token, 'pass'],
    });
    expect(request).not.toHaveProperty('auth');
    const events = JSON.parse(new URLSearchParams(request?.body).get('data') ?? '');
    expect(events[1].properties['Experiment name']).toBe(odd.flagKey);
    expect(tracked?.maxBatchSize).toBe(50);
  });

  const rejectedBy = (body: string) =>
    tracked?.rejections?.({ status: 200, headers: {}, body }, [exposure, exposure]);

  it.each(['1', '{"status":1,"error":null}', '{"status":1}'])('are taken by %s', (body) => {
    expect(rejectedBy(body)).toEqual([]);
  });

  it.each([
    ['0', '0'],
    ['{"status":0,"error":"token, missing or empty"}', 'token, missing or empty'],
    ['{"error":null}', '{"error":null}'],
    ['<html>Welcome to the hotel</html>', '<html>Welcome'],
    ['', 'answered: '],
  ])('are all refused by %j', (body, words) => {
    const message = expect.stringContaining(words);
    expect(rejectedBy(body)).toEqual([
      { index: 0, message },
      { index: 1, message },
    ]);
  });
});

describe('with a service account, exposures', () => {
  it('are imported, checked and compressed', () => {
    const request = imported?.request([exposure]);
    expect(request).toMatchObject({
      url: 'https://api.mixpanel.com/import?strict=1&project_id=4%202',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      auth: { username: 'robot.mp', password: 'a-robots-secret' },
      gzip: true,
      answerStatuses: [400],
      secrets: [token, 'a-robots-secret'],
    });
    const { properties, event } = JSON.parse(request?.body ?? '')[0];
    expect([event, properties.time]).toEqual(['$experiment_started', EVALUATED_AT]);
    expect([imported?.maxBatchSize, imported?.maxBodyBytes]).toEqual([2000, 2_000_000]);
  });

  const rejectedBy = (answer: unknown, status = 400) => {
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return imported?.rejections?.({ status, headers: {}, body }, [exposure, exposure, exposure]);
  };
  const failedAt = (index: unknown, message: unknown = 'bad id') => ({ index, message });

  it('are taken by any success', () => {
    expect(rejectedBy({ code: 200, num_records_imported: 3 }, 200)).toEqual([]);
    expect(rejectedBy('OK', 200)).toEqual([]);
  });

  it('are refused one by one', () => {
    const failed_records = [failedAt(1), null, failedAt(9), failedAt('0')];
    const answer = { error: 'some failed', num_records_imported: 2, failed_records };
    expect(rejectedBy(answer)).toEqual([failedAt(1)]);
  });

  it('are refused also where nothing is said of one', () => {
    const failed_records = [{ index: 1 }, failedAt(2, null)];
    const answer = { error: 'some failed', num_records_imported: 1, failed_records };
    expect(rejectedBy(answer)).toEqual([failedAt(1, 'some failed'), failedAt(2, 'some failed')]);
  });

  it('are all refused where nothing was imported, each with what is said of it', () => {
    const answer = { error: 'some failed', num_records_imported: 0, failed_records: [failedAt(1)] };
    expect(rejectedBy(answer)).toEqual([
      failedAt(0, 'some failed'),
      failedAt(1),
      failedAt(2, 'some failed'),
    ]);
  });

  it.each([
    [{ error: 'not your project' }, 'not your project'],
    [{ failed_records: [] }, '{"failed_records":[]}'],
    [{ failed_records: 7, error: 'odd' }, 'odd'],
    [null, 'null'],
    ['<html>', '<html>'],
  ])('are all refused by %j', (answer, message) => {
    expect(rejectedBy(answer)).toEqual([0, 1, 2].map((index) => ({ index, message })));
  });
});
