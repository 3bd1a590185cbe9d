import { queryOf } from '../emulator/address.ts';
import { Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest } from '../http-reply.ts';
import type { PosthogKeys } from './options.ts';

/** Refuses a project key that is missing or names no project (401). */
export function requireProject(key: unknown, keys: PosthogKeys): void {
  if (key === undefined || key === null || key === '') {
    throw new Refusal(401, 'No project key was given.');
  }
  if (key !== keys.project) throw new Refusal(401, 'The project key is not valid.');
}

/**
 * Refuses a request for definitions that names no project (400, or 401 for one there is not), or shows no
 * key that may read them (401, or 403 for one that only lacks the scope).
 */
export function requireDefinitionsAccess(request: ReceivedRequest, keys: PosthogKeys): void {
  const token = queryOf(request).get('token');
  if (token === null) throw new Refusal(400, 'The query has no token.');
  requireProject(token, keys);
  const [, key] = /^Bearer (.+)$/i.exec(String(request.headers.authorization ?? '')) ?? [];
  if (key === undefined) throw new Refusal(401, 'No secret key was given.');
  if (key === keys.unscoped) throw new Refusal(403, 'The key may not read feature flags.');
  if (key !== keys.secret) throw new Refusal(401, 'The secret key is not valid.');
}
