import { queryOf } from '../emulator/address.ts';
import { Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest } from '../http-reply.ts';
import type { MixpanelCredentials } from './options.ts';

/**
 * Refuses a request whose Basic credentials are neither those of the service account, together with its
 * project, nor the token as a user name without a password (401).
 */
export function requireCredentials(
  request: ReceivedRequest,
  { token, serviceAccount }: MixpanelCredentials,
): void {
  const given = basicOf(request);
  if (given === undefined) throw new Refusal(401, 'No credentials were given.');
  const projectId = queryOf(request).get('project_id');
  const { username, secret } = serviceAccount;
  if (projectId === null && given === `${token}:`) return;
  if (given !== `${username}:${secret}`) throw new Refusal(401, 'The credentials are not valid.');
  if (projectId === null) throw new Refusal(400, 'A service account needs a project_id.');
  if (projectId !== serviceAccount.projectId) {
    throw new Refusal(403, 'The service account is not in the project.');
  }
}

/** Refuses a request about flags that does not name the project by its token, or show credentials. */
export function requireFlagsAccess(
  request: ReceivedRequest,
  credentials: MixpanelCredentials,
): void {
  requireCredentials(request, credentials);
  const token = queryOf(request).get('token');
  if (token === null) throw new Refusal(400, 'The query has no token.');
  if (token !== credentials.token) throw new Refusal(401, 'The token is not valid.');
}

/** The decoded credentials; undefined where there are none. */
function basicOf({ headers }: ReceivedRequest): string | undefined {
  const [, encoded] = /^Basic (\S+)$/i.exec(String(headers.authorization ?? '')) ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString();
}
