import type { HttpDefinitions } from '@halyard/core';
import type { PosthogApi } from './requests/api.ts';
import type { PosthogDefinitions } from './wire.ts';
import { parse } from './wire.ts';

/**
 * Describes the request for the flag definitions, cohorts included. Conditional on the tag that PostHog has
 * given them, sent back as it came.
 *
 * @see https://posthog.com/docs/feature-flags/local-evaluation
 */
export function flagDefinitions(
  { host, projectKey, headers, secrets }: PosthogApi,
  secretKey: string,
): HttpDefinitions<PosthogDefinitions> {
  return {
    kind: 'http',
    request: (validator) => ({
      url: `${host}/flags/definitions?token=${projectKey}&send_cohorts`,
      method: 'GET',
      headers: {
        authorization: `Bearer ${secretKey}`,
        ...headers,
        ...(validator?.etag !== undefined && { 'if-none-match': validator.etag }),
      },
      secrets: [secretKey, ...secrets],
    }),
    parse,
  };
}
