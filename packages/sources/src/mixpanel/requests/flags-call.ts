import { HALYARD_VERSION, type HttpRequest } from '@halyard/core';
import { LIBRARY, type MixpanelApi } from './api.ts';

/**
 * A request about flags: to the path below `/flags`, with what Mixpanel wants to know of every one.
 *
 * @see https://docs.mixpanel.com/reference/feature-flags-api
 */
export function flagsCall(
  { address, token, serviceAccount, auth, headers, secrets }: MixpanelApi,
  path: string,
  query: readonly (readonly [name: string, value: string])[] = [],
): HttpRequest {
  const project = serviceAccount && ([['project_id', serviceAccount.projectId]] as const);
  const fields = [
    ['mp_lib', LIBRARY],
    ['$lib_version', HALYARD_VERSION],
    ['token', token],
    ...(project ?? []),
    ...query,
  ] as const;
  return {
    url: `${address}/flags${path}?${fields.map(written).join('&')}`,
    method: 'GET',
    headers: { 'content-type': 'application/json', ...headers },
    auth,
    trace: true,
    secrets,
  };
}

function written([name, value]: readonly [name: string, value: string]): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(value))}`;
}

/** Half of a character, which no address can hold, becomes the character that stands for it. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
