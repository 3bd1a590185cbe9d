import { BoundedLog } from '../bounded-log.ts';
import { forgetOldest } from '../bounded-map.ts';
import { KEPT } from './kept.ts';

/** Events as they came, and apart: those that count, and those that were there already. */
export class EventLog<Event> {
  /** All events, those that came again included. */
  readonly all = new BoundedLog<Event>(KEPT);
  /** The events that count. */
  readonly unique = new BoundedLog<Event>(KEPT);
  /** The events that came again. */
  readonly duplicates = new BoundedLog<Event>(KEPT);
  private readonly seen = new Map<string, true>();

  /** `identity`: what makes two events the same one; undefined for one that is like no other. */
  add(event: Event, identity: string | undefined): void {
    const log = this.isNew(identity) ? this.unique : this.duplicates;
    log.add(event);
    // Last: who waits for it finds the event in the other one, too.
    this.all.add(event);
  }

  private isNew(identity: string | undefined): boolean {
    if (identity === undefined) return true;
    if (this.seen.has(identity)) return false;
    this.seen.set(identity, true);
    forgetOldest(this.seen, KEPT);
    return true;
  }
}
