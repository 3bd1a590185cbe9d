import type { HttpDefinitions } from '@halyard/core';
import type { MixpanelApi } from './requests/api.ts';
import { flagsCall } from './requests/flags-call.ts';
import type { MixpanelDefinitions } from './wire.ts';
import { parse } from './wire.ts';

/**
 * Describes the request for the flag definitions. They come whole each time: Mixpanel has no tag that a
 * request could be conditional on.
 */
export function flagDefinitions(api: MixpanelApi): HttpDefinitions<MixpanelDefinitions> {
  return { kind: 'http', request: () => flagsCall(api, '/definitions'), parse };
}
