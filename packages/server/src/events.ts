import type { ClientEvents } from './client.ts';
import { invalidOption } from './invalid-option.ts';
import { type Warnings, warning } from './warnings.ts';

type EventName = keyof ClientEvents;

/** One registration: the same function registered twice is two of them. */
interface Registration {
  readonly listener: (payload: never) => unknown;
}

const NOBODY: readonly Registration[] = [];

/** Who listens to what. Lists are replaced, never changed, so a listener may unsubscribe anyone. */
export class EventHub {
  private readonly warnings: Warnings;
  private readonly registered: Record<EventName, readonly Registration[]> = {
    ready: NOBODY,
    configurationChanged: NOBODY,
    stale: NOBODY,
    error: NOBODY,
    resolution: NOBODY,
    exposuresSent: NOBODY,
    exposuresDropped: NOBODY,
    trackingDropped: NOBODY,
  };

  constructor(warnings: Warnings) {
    this.warnings = warnings;
  }

  /** Whether anyone listens to reads; asked on every read. */
  get measuresReads(): boolean {
    return this.registered.resolution.length > 0;
  }

  has(event: EventName): boolean {
    return this.registered[event].length > 0;
  }

  on<Event extends EventName>(
    event: Event,
    listener: (payload: ClientEvents[Event]) => void,
  ): () => void {
    if (!Object.hasOwn(this.registered, event)) {
      throw invalidOption('event', event, `one of ${Object.keys(this.registered).join(', ')}`);
    }
    if (typeof listener !== 'function') {
      throw invalidOption(`the listener of "${event}"`, listener, 'a function');
    }
    const registration: Registration = { listener };
    this.registered[event] = [...this.registered[event], registration];
    return () => {
      this.registered[event] = this.registered[event].filter((other) => other !== registration);
    };
  }

  emit<Event extends EventName>(event: Event, payload: ClientEvents[Event]): void {
    for (const { listener } of this.registered[event]) {
      try {
        const result = listener(payload as never);
        if (result instanceof Promise) result.catch((thrown) => this.report(event, thrown));
      } catch (thrown) {
        this.report(event, thrown);
      }
    }
  }

  private report(event: EventName, thrown: unknown): void {
    this.warnings.once('listeners', warning('events', `a listener of "${event}" failed`, thrown));
  }
}
