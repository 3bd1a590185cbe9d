import { isJsonObject } from '@halyard/core';
import { BoundedLog } from '../bounded-log.ts';
import { KEPT } from '../emulator/kept.ts';
import { jsonBody, Refusal } from '../emulator/refusal.ts';
import type { ReceivedRequest, Reply } from '../http-reply.ts';
import type { FlagsmithEmulatorOptions } from './options.ts';
import { FLAG_EXPOSURE, type FlagsmithEvent } from './wire.ts';

const isText = (value: unknown) => typeof value === 'string';
const isTextOrNull = (value: unknown) => value === null || isText(value);

/** Every key of an event, what it holds, and how that is called. */
const FIELDS: readonly (readonly [keyof FlagsmithEvent, (value: unknown) => boolean, string])[] = [
  ['event', isText, 'a string'],
  ['feature_name', isTextOrNull, 'a string or null'],
  ['identifier', isTextOrNull, 'a string or null'],
  ['value', isTextOrNull, 'a string or null'],
  ['traits', (value) => value === null || isJsonObject(value), 'an object or null'],
  ['metadata', isJsonObject, 'an object'],
  ['timestamp', Number.isSafeInteger, 'a whole number of milliseconds'],
];

/** Takes batches of events, each event on its own merits. */
export class EventIntake {
  /** The accepted events, all batches in one list. */
  readonly accepted = new BoundedLog<FlagsmithEvent>(KEPT);
  private readonly reject: (event: FlagsmithEvent) => string | undefined;

  constructor(reject: FlagsmithEmulatorOptions['rejectEvent']) {
    this.reject = reject ?? (() => undefined);
  }

  answer(request: ReceivedRequest): Reply {
    const { events } = jsonBody(request);
    if (!Array.isArray(events)) throw new Refusal(400, 'events: Expected a list of items.');
    const errors = events.map(
      (event: unknown) => malformation(event) ?? this.reject(event as FlagsmithEvent),
    );
    const rejected = errors.flatMap((error, index) =>
      error === undefined ? [] : [{ index, error }],
    );
    for (const [index, event] of events.entries()) {
      if (errors[index] === undefined) this.accepted.add(event as FlagsmithEvent);
    }
    return { status: 202, body: { accepted: events.length - rejected.length, rejected } };
  }
}

/** What is wrong with an event; undefined when it is sound. */
function malformation(event: unknown): string | undefined {
  if (!isJsonObject(event)) return 'an event must be an object';
  for (const [name, isValid, kind] of FIELDS) {
    if (!Object.hasOwn(event, name)) return `${name} is missing`;
    if (!isValid(event[name])) return `${name} must be ${kind}`;
  }
  const { event: name } = event;
  if (name === '') return 'event must not be empty';
  if (String(name).startsWith('$') && name !== FLAG_EXPOSURE) return `${name} is a reserved name`;
  return undefined;
}
