import type { UsageEndpoint } from '@halyard/core';
import type { FlagsmithApi } from './api.ts';

const INTERVAL = 10_000;

/** Flagsmith's usage analytics: how often each feature was read. */
export function usageAnalytics({ url, headers, secrets }: FlagsmithApi): UsageEndpoint {
  return {
    interval: INTERVAL,
    request: (counts) => ({
      url: `${url}analytics/flags/`,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(counts),
      secrets,
    }),
  };
}
