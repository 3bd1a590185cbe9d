import { HALYARD_VERSION, sha1 } from '@halyard/core';
import { LIBRARY } from './api.ts';

/** An event as Mixpanel takes it. */
export interface MixpanelEvent {
  readonly event: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What there is to say of something that happened. */
export interface EventFacts {
  readonly name: string;
  readonly distinctId: string | undefined;
  /** The same at each try. */
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Things of one kind that Mixpanel can be told of. */
export interface EventKind<Event> {
  /** Whether Mixpanel has any use for it. */
  accepts(event: Event): boolean;
  /** When it happened, in Unix milliseconds. */
  time(event: Event): number;
  facts(event: Event): EventFacts;
}

/** What is the same for all events of a request. */
export interface EventStamp {
  readonly token: string;
  /** Of the event, since the Unix epoch, in the unit that the endpoint wants. */
  readonly time: number;
}

/** Writes an event. Properties that are undefined are left out when it becomes JSON. */
export function writtenEvent(facts: EventFacts, { token, time }: EventStamp): MixpanelEvent {
  return {
    event: facts.name,
    properties: {
      ...facts.properties,
      token,
      time,
      distinct_id: facts.distinctId,
      $insert_id: insertIdOf(facts.id),
      mp_lib: LIBRARY,
      $lib_version: HALYARD_VERSION,
    },
  };
}

/**
 * An id as Mixpanel takes it: at most 36 letters, digits and hyphens, and no text that looks like a
 * mistake. The same for the same id, so that what is sent again counts once.
 */
function insertIdOf(id: string): string {
  return /^[\da-f-]{32,36}$/.test(id) ? id : sha1(id).slice(0, 32);
}
