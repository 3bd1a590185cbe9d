import { compareCodePoints } from '@halyard/core';
import { isWellFormed } from './texts.ts';

/** The lists and objects that a value stands in; a value among them is circular. */
type Holders = Set<object>;

/**
 * A value's text as PostHog's servers write it; undefined where JavaScript cannot tell how they would.
 * That is so for all whole numbers: 1 and 1.0 are two texts to the servers and one number here.
 */
export function serviceText(value: unknown): string | undefined {
  if (typeof value === 'string') return isWellFormed(value) ? value : undefined;
  try {
    return write(value, new Set());
  } catch {
    // Nested too deeply, or hostile when it is read: no text that anybody could agree on.
    return undefined;
  }
}

/** Whether JSON can carry a value as it is. */
export function isRepresentable(value: unknown): boolean {
  if (typeof value === 'string') return isWellFormed(value);
  try {
    return isJson(value, new Set());
  } catch {
    // Nested too deeply, or hostile when it is read: JSON cannot carry it either.
    return false;
  }
}

function write(value: unknown, holders: Holders): string | undefined {
  switch (typeof value) {
    case 'string':
      return isWellFormed(value) ? JSON.stringify(value) : undefined;
    case 'boolean':
      return String(value);
    case 'number':
      return Number.isFinite(value) && !Number.isInteger(value) ? String(value) : undefined;
    case 'object':
      return value === null ? 'null' : within(value, holders, writeHolder);
    default:
      return undefined;
  }
}

function writeHolder(holder: object, holders: Holders): string | undefined {
  if (Array.isArray(holder)) return writeList(holder, holders);
  return isPlain(holder) ? writeObject(holder, holders) : undefined;
}

function writeList(list: readonly unknown[], holders: Holders): string | undefined {
  const items: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const item = i in list ? write(list[i], holders) : 'null';
    if (item === undefined) return undefined;
    items.push(item);
  }
  return `[${items.join(',')}]`;
}

function writeObject(object: object, holders: Holders): string | undefined {
  const members: string[] = [];
  for (const key of Object.keys(object).sort(compareCodePoints)) {
    const value = write((object as Readonly<Record<string, unknown>>)[key], holders);
    if (value === undefined || !isWellFormed(key)) return undefined;
    members.push(`${JSON.stringify(key)}:${value}`);
  }
  return `{${members.join(',')}}`;
}

function isJson(value: unknown, holders: Holders): boolean {
  switch (typeof value) {
    case 'string':
      return isWellFormed(value);
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || within(value, holders, isJsonHolder) === true;
    default:
      return false;
  }
}

function isJsonHolder(holder: object, holders: Holders): boolean {
  if (Array.isArray(holder)) return holder.every((item) => isJson(item, holders));
  return (
    isPlain(holder) &&
    Object.entries(holder).every(([key, item]) => isWellFormed(key) && isJson(item, holders))
  );
}

/** Looks into a holder; undefined when that would go round in circles. */
function within<T>(
  holder: object,
  holders: Holders,
  look: (holder: object, holders: Holders) => T,
): T | undefined {
  if (holders.has(holder)) return undefined;
  holders.add(holder);
  const seen = look(holder, holders);
  holders.delete(holder);
  return seen;
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}
