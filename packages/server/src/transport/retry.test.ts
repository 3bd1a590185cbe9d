import { describe, expect, it } from 'vitest';
import { mayRetryStatus, retryPause } from './retry.ts';

const NOW = Date.UTC(2026, 0, 1);

describe('the pause before the next try', () => {
  it('is what Retry-After asks for, in seconds or as a date', () => {
    expect(retryPause(1, '7', NOW)).toBe(7000);
    expect(retryPause(1, ' 0 ', NOW)).toBe(0);
    expect(retryPause(1, new Date(NOW + 3000).toUTCString(), NOW)).toBe(3000);
    expect(retryPause(1, new Date(NOW - 3000).toUTCString(), NOW)).toBe(0);
  });

  it('is none at all when that is more than a request has', () => {
    expect(retryPause(1, '11', NOW)).toBeUndefined();
    expect(retryPause(1, new Date(NOW + 3_600_000).toUTCString(), NOW)).toBeUndefined();
    expect(retryPause(1, '9'.repeat(400), NOW)).toBeUndefined();
  });

  it.each(['soon', '', '-5 minutes', '1.5s'])('does not depend on the Retry-After "%s"', (text) => {
    expect(retryPause(1, text, NOW)).toBeLessThanOrEqual(200);
  });

  it('doubles with each try, varies, and has a limit', () => {
    const pauses = Array.from({ length: 200 }, (_, i) => retryPause(i + 1, undefined, NOW) ?? 0);
    pauses.forEach((pause, i) => {
      const most = Math.min(200 * 2 ** i, 10_000);
      expect(pause).toBeGreaterThanOrEqual(most / 2);
      expect(pause).toBeLessThanOrEqual(most);
    });
    expect(new Set(pauses).size).toBeGreaterThan(100);
  });
});

describe('a status', () => {
  it('that may pass is worth another try, unless a POST may have been done', () => {
    const retried = (method: string) =>
      [400, 401, 404, 408, 425, 429, 500, 501, 502, 503, 504, 505].filter((status) =>
        mayRetryStatus(method, status),
      );
    expect(retried('GET')).toEqual([408, 429, 500, 502, 503, 504]);
    expect(retried('PUT')).toEqual(retried('GET'));
    expect(retried('POST')).toEqual([429, 503]);
  });
});
