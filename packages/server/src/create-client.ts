import { EMPTY_CONTEXT, type EvaluationContext, type EvaluationDetails } from '@halyard/core';
import type {
  ClientEvents,
  ClientSnapshot,
  ClientStatus,
  CloseOptions,
  FlagClient,
  ReadOptions,
} from './client.ts';
import { DefinitionsKeeper } from './definitions/keeper.ts';
import { EventHub } from './events.ts';
import { type Exposures, openExposures } from './exposures/exposures.ts';
import type { FlagClientOptions } from './options.ts';
import { createOutside } from './outside.ts';
import { readSettings, type Settings } from './settings.ts';
import { LiveSnapshot, type SnapshotHost } from './snapshot/live-snapshot.ts';
import { UnavailableSnapshot } from './snapshot/unavailable-snapshot.ts';
import { awaited } from './timers.ts';
import { Warnings } from './warnings.ts';

/** Default of `ready({ timeout })` and of `close({ deadline })`, in milliseconds. */
const PATIENCE = 3000;

/** Also for a closed client: OpenFeature's providers go back to not ready when they are shut down. */
const NOT_READY = 'PROVIDER_NOT_READY';

/**
 * Creates the runtime: it starts to load definitions at once, keeps them fresh, answers reads from
 * memory and sends exposures in the background. Close it when it is no longer needed; that it is
 * open does not keep the process alive.
 *
 * @throws HalyardError INVALID_OPTION, naming the option. Nothing else: definitions that cannot be
 * loaded are a state, see {@link FlagClient.status}.
 */
export function createFlagClient(options: FlagClientOptions): FlagClient {
  return new Client(readSettings(options));
}

class Client implements FlagClient {
  readonly source: FlagClient['source'];
  private readonly settings: Settings;
  private readonly events: EventHub;
  private readonly definitions: DefinitionsKeeper;
  private readonly exposures: Exposures;
  private readonly host: SnapshotHost;
  private closing: Promise<ClientStatus> | undefined;

  constructor(settings: Settings) {
    const { source, clock } = settings;
    const warnings = new Warnings(settings.logger);
    const outside = createOutside();
    const status = () => this.status();
    this.source = source;
    this.settings = settings;
    this.events = new EventHub(warnings);
    const { events } = this;
    this.exposures = openExposures({ settings, events, warnings, outside });
    this.definitions = new DefinitionsKeeper({ settings, events, warnings, outside, status });
    this.host = {
      select: (resolution, type) => source.select(resolution, type),
      events,
      recorder: this.exposures.recorder,
      options: { now: clock },
      ageMs: () => this.definitions.store.ageMs(clock()),
    };
    this.definitions.start();
  }

  async ready({ timeout = PATIENCE }: { readonly timeout?: number } = {}): Promise<ClientStatus> {
    await this.definitions.ready(timeout);
    return this.status();
  }

  status(): ClientStatus {
    const { store } = this.definitions;
    const { ruleset } = store;
    const now = this.settings.clock();
    return {
      state: this.definitions.state(now),
      source: this.source.name,
      version: ruleset?.version,
      confirmedAt: store.confirmedAt,
      ageMs: store.ageMs(now),
      flagCount: ruleset?.flagKeys.length ?? 0,
      diagnostics: ruleset?.diagnostics ?? [],
      lastError: store.lastError,
      refreshes: store.refreshes,
      exposures: this.exposures.counters,
    };
  }

  on<Event extends keyof ClientEvents>(
    event: Event,
    listener: (payload: ClientEvents[Event]) => void,
  ): () => void {
    return this.events.on(event, listener);
  }

  snapshot(context?: EvaluationContext): ClientSnapshot {
    const { definitions } = this;
    const { ruleset, staleAt } = definitions.store;
    const now = this.settings.clock();
    if (now >= definitions.attentionAt) definitions.attend(now);
    const visitor = context ?? EMPTY_CONTEXT;
    if (ruleset === undefined || typeof visitor !== 'object') return this.unavailable(visitor);
    this.exposures.advance(now);
    return new LiveSnapshot(this.host, ruleset, visitor, now >= staleAt);
  }

  resolve<T>(
    key: string,
    defaultValue: T,
    context?: EvaluationContext,
    options?: ReadOptions,
  ): EvaluationDetails<T> {
    return this.snapshot(context).details(key, defaultValue, options);
  }

  async refresh(): Promise<ClientStatus> {
    await awaited(this.definitions.refresh());
    return this.status();
  }

  async flush({ deadline = PATIENCE }: CloseOptions = {}): Promise<void> {
    await this.exposures.flush(deadline);
  }

  close({ deadline = PATIENCE }: CloseOptions = {}): Promise<ClientStatus> {
    this.closing ??= this.shutDown(deadline);
    return this.closing;
  }

  private unavailable(context: EvaluationContext): ClientSnapshot {
    const source = this.source.name;
    const { state, lastError } = this.status();
    if (state === 'closed') {
      const errorMessage = 'the client is closed. Create another one to read flags.';
      return new UnavailableSnapshot(context, { source, errorCode: NOT_READY, errorMessage });
    }
    if (typeof context !== 'object') {
      const errorMessage = `the evaluation context must be an object, but is a ${typeof context}.`;
      const why = { source, errorCode: 'INVALID_CONTEXT', errorMessage } as const;
      return new UnavailableSnapshot(EMPTY_CONTEXT, why);
    }
    const because = lastError === undefined ? '.' : `: ${lastError.message}`;
    const errorMessage = `there are no flag definitions yet${because}`;
    return new UnavailableSnapshot(context, { source, errorCode: NOT_READY, errorMessage });
  }

  private async shutDown(deadline: number): Promise<ClientStatus> {
    const released = this.definitions.close();
    await this.exposures.close(deadline);
    await released;
    return this.status();
  }
}
