import { isJsonObject } from '@halyard/core';
import { queryOf } from '../emulator/address.ts';
import { jsonBody, Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest } from '../http-reply.ts';
import { requireProject } from './admission.ts';
import type { PosthogKeys } from './options.ts';
import type { PosthogFlagsRequest } from './wire.ts';

type FieldCheck = readonly [isValid: (value: unknown) => boolean, kind: string];

const isText = (value: unknown) => typeof value === 'string';
const TEXT: FieldCheck = [isText, 'a string'];
const TEXTS: FieldCheck = [
  (value) => Array.isArray(value) && value.every(isText),
  'a list of strings',
];
const OBJECT: FieldCheck = [isJsonObject, 'an object'];
const OBJECTS: FieldCheck = [
  (value) => isJsonObject(value) && Object.values(value).every(isJsonObject),
  'an object of objects',
];

/** What a body may have besides its token and `distinct_id`. */
const OPTIONAL_FIELDS: Readonly<
  Record<Exclude<keyof PosthogFlagsRequest, 'distinct_id'>, FieldCheck>
> = {
  groups: OBJECT,
  person_properties: OBJECT,
  group_properties: OBJECTS,
  $device_id: TEXT,
  flag_keys_to_evaluate: TEXTS,
  evaluation_contexts: TEXTS,
  evaluation_runtime: TEXT,
  geoip_disable: [(value) => typeof value === 'boolean', 'a boolean'],
};

/** Reads a request to `/flags/`. Refuses other versions of the API (400), and what it would not accept. */
export function flagsRequest(request: ReceivedRequest, keys: PosthogKeys): PosthogFlagsRequest {
  if (queryOf(request).get('v') !== '2') throw new Refusal(400, 'Only v=2 is emulated.');
  const { token, ...body } = jsonBody(request);
  requireProject(token, keys);
  const { distinct_id } = body;
  if (typeof distinct_id !== 'string') throw new Refusal(400, 'distinct_id must be a string.');
  if (distinct_id === '') throw new Refusal(400, 'distinct_id must not be empty.');
  // null says as much as nothing.
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  for (const [name, [isValid, kind]] of Object.entries(OPTIONAL_FIELDS)) {
    if (Object.hasOwn(given, name) && !isValid(given[name])) {
      throw new Refusal(400, `${name} must be ${kind}.`);
    }
  }
  return { ...given, distinct_id };
}
