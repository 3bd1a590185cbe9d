import type { HalyardError } from '@halyard/core';
import type { ClientState, ClientStatus } from '../client.ts';
import type { EventHub } from '../events.ts';
import type { Settings } from '../settings.ts';
import { backgroundTimer } from '../timers.ts';
import type { Warnings } from '../warnings.ts';

/** What the announcer needs of its client. */
export interface AnnouncerOptions {
  readonly settings: Settings;
  readonly events: EventHub;
  readonly warnings: Warnings;
  readonly status: () => ClientStatus;
}

/** Tells listeners and the log of what becomes of the client's state. */
export class Announcer {
  private readonly options: AnnouncerOptions;
  private readonly state: (now: number) => ClientState;
  private announced: ClientState;
  private staleTimer: NodeJS.Timeout | undefined;

  /** `announced` is the state that goes without saying. */
  constructor(
    options: AnnouncerOptions,
    state: (now: number) => ClientState,
    announced: ClientState = 'not-ready',
  ) {
    this.options = options;
    this.state = state;
    this.announced = announced;
  }

  /** Whether listeners know the state the client is in. */
  isUpToDate(now: number): boolean {
    return this.announced === this.state(now);
  }

  /** Tells of a transition, if there was one that has an event. */
  announce(): void {
    const { settings, events, warnings, status } = this.options;
    const state = this.state(settings.clock());
    if (state === this.announced) return;
    this.announced = state;
    if (state === 'ready') events.emit('ready', status());
    if (state !== 'stale') return;
    const message = `the definitions are older than ${settings.refresh.staleAfter} ms; they stay in use.`;
    warnings.warn(`[halyard] [${settings.source.name}] ${message}`);
    events.emit('stale', status());
  }

  /** Tells of a failure, and of the transition it may be. */
  failed(error: HalyardError): void {
    const { events, warnings, status } = this.options;
    warnings.once('refresh', error.message);
    events.emit('error', { error, status: status() });
    this.announce();
  }

  /** Tells of a success, and of the transition it may be. */
  succeeded(): void {
    this.options.warnings.settle('refresh');
    this.announce();
  }

  /** Announces again when definitions have become old, at that time in Unix milliseconds. */
  watchAge(staleAt: number): void {
    clearTimeout(this.staleTimer);
    const remaining = staleAt - this.options.settings.clock();
    if (remaining === Number.POSITIVE_INFINITY) return;
    this.staleTimer = backgroundTimer(() => {
      this.announce();
      // Timers and the clock need not agree: the time may not have come yet.
      if (this.announced === 'ready') this.watchAge(staleAt);
    }, remaining);
  }

  stop(): void {
    clearTimeout(this.staleTimer);
  }
}
