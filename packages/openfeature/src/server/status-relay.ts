import type { ErrorCode as CoreErrorCode, HalyardError } from '@halyard/core';
import type { ClientState, ClientStatus, FlagClient } from '@halyard/server';
import {
  type ErrorCode,
  type OpenFeatureEventEmitter,
  ProviderEvents,
} from '@openfeature/server-sdk';

/** What the SDK believes of a provider, as far as events can change it. */
export type Standing = 'ready' | 'stale' | 'error';

/** Client states that have an event; the others are the SDK's own business. */
const STANDING: Partial<Record<ClientState, Standing>> = {
  ready: 'ready',
  stale: 'stale',
  error: 'error',
};

/** How OpenFeature names what went wrong with the definitions. */
export function errorCodeOf(error: HalyardError | undefined): ErrorCode {
  const code: CoreErrorCode =
    error?.code === 'INVALID_DEFINITIONS'
      ? 'PARSE_ERROR'
      : error?.code === 'CLOSED'
        ? 'PROVIDER_FATAL'
        : 'GENERAL';
  return code as ErrorCode;
}

/**
 * Passes a client's own transitions on as provider events. Silent until {@link settle}: while
 * `initialize` runs, the SDK announces the outcome itself, and a second READY would run handlers twice
 * (specs/platform.md §1.1). A failed refresh is no event as long as the client goes on serving good
 * definitions: ERROR is for a provider that cannot evaluate, STALE for one whose answers are old.
 */
export class StatusRelay {
  private readonly client: FlagClient;
  private readonly events: OpenFeatureEventEmitter;
  private readonly unsubscribe: readonly (() => void)[];
  private announced: Standing | undefined;
  private stopped = false;

  constructor(client: FlagClient, events: OpenFeatureEventEmitter) {
    this.client = client;
    this.events = events;
    const follow = () => this.follow();
    this.unsubscribe = [
      client.on('ready', follow),
      client.on('stale', follow),
      client.on('error', follow),
      client.on('configurationChanged', ({ flagsChanged }) => this.changed(flagsChanged)),
    ];
  }

  /** Starts to speak, given what the SDK has announced; says at once what has changed since. */
  settle(announced: Standing): void {
    if (this.stopped) return;
    this.announced = announced;
    this.follow();
  }

  /** Stops listening, for good. */
  stop(): void {
    this.stopped = true;
    this.announced = undefined;
    for (const unsubscribe of this.unsubscribe) unsubscribe();
  }

  private changed(flagsChanged: readonly string[]): void {
    if (this.announced === undefined) return;
    this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: [...flagsChanged] });
  }

  private follow(): void {
    if (this.announced === undefined) return;
    const status = this.client.status();
    const standing = STANDING[status.state];
    if (standing === undefined || standing === this.announced) return;
    this.announced = standing;
    this.announce(standing, status);
  }

  private announce(standing: Standing, { lastError }: ClientStatus): void {
    if (standing === 'ready') this.events.emit(ProviderEvents.Ready);
    if (standing === 'stale') {
      this.events.emit(ProviderEvents.Stale, { message: 'the definitions are old' });
    }
    if (standing === 'error') {
      const message = lastError?.message ?? 'the definitions could not be refreshed';
      this.events.emit(ProviderEvents.Error, { message, errorCode: errorCodeOf(lastError) });
    }
  }
}
