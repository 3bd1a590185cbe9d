import { isJsonObject } from '@halyard/core';

/** What is wrong with an event, and where. */
export interface ImportProblem {
  readonly field: string;
  readonly message: string;
}

/** Ids that name nobody: they are what is left of a mistake. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  ...['-1', '0', '00000000-0000-0000-0000-000000000000', '<nil>', '[]', 'anon', 'anonymous'],
  ...['false', 'lmy47d', 'n/a', 'na', 'nil', 'none', 'null', 'true', 'undefined', 'unknown', '{}'],
]);

const FIRST_TIME = Date.UTC(1971, 0, 1);
const HOUR = 3_600_000;
/** Numbers from here on are milliseconds, others seconds. */
const MILLISECONDS = 1e10;
const MAX_PROPERTIES = 255;

/** What is wrong with an event, to the validation of `/import`; undefined when it is sound. */
export function problemOf(event: unknown, now: number): ImportProblem | undefined {
  if (!isJsonObject(event)) return problem('event', 'must be an object');
  if (typeof event.event !== 'string' || event.event === '') {
    return problem('event', 'must be a string that is not empty');
  }
  const { properties } = event;
  if (!isJsonObject(properties)) return problem('properties', 'must be an object');
  if (Object.keys(properties).length >= MAX_PROPERTIES) {
    return problem('properties', `must be fewer than ${MAX_PROPERTIES}`);
  }
  return timeProblem(properties.time, now) ?? idProblem(properties) ?? insertIdProblem(properties);
}

function timeProblem(time: unknown, now: number): ImportProblem | undefined {
  const field = 'properties.time';
  if (typeof time !== 'number') return problem(field, 'must be specified as seconds since epoch');
  const milliseconds = time < MILLISECONDS ? time * 1000 : time;
  if (milliseconds >= FIRST_TIME && milliseconds <= now + HOUR) return undefined;
  return problem(field, 'must be after 1971-01-01 and at most an hour from now');
}

function idProblem({ distinct_id: id }: Readonly<Record<string, unknown>>) {
  const field = 'properties.distinct_id';
  if (typeof id !== 'string') return problem(field, 'must be a string');
  return isPlaceholder(id) ? problem(field, `must not be the placeholder "${id}"`) : undefined;
}

function insertIdProblem({ $insert_id: id }: Readonly<Record<string, unknown>>) {
  const field = 'properties.$insert_id';
  if (typeof id !== 'string' || !/^[\da-z-]{1,36}$/i.test(id)) {
    return problem(field, 'must be 1 to 36 letters, digits and hyphens');
  }
  return isPlaceholder(id) ? problem(field, `must not be the placeholder "${id}"`) : undefined;
}

function isPlaceholder(id: string): boolean {
  return PLACEHOLDERS.has(id.toLowerCase());
}

function problem(field: string, what: string): ImportProblem {
  return { field, message: `'${field}' is invalid: ${what}` };
}
