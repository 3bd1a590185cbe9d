import {
  EMPTY_CONTEXT,
  type EvaluationContext,
  type EvaluationDetails,
  type TrackingDetails,
} from '@halyard/core';
import type {
  ClientEvents,
  ClientSnapshot,
  ClientStatus,
  CloseOptions,
  FlagClient,
  LoadOptions,
  Omission,
  ReadOptions,
  RefreshNowOptions,
  ShownVariant,
} from './client.ts';
import { DefinitionsKeeper } from './definitions/keeper.ts';
import { EventHub } from './events.ts';
import { shownResolution } from './exposures/shown.ts';
import type { FlagClientOptions } from './options.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { createOutside } from './outside.ts';
import { Completion } from './remote/completion.ts';
import { RemoteEvaluator } from './remote/evaluator.ts';
import { readSettings, type Settings } from './settings.ts';
import { LiveSnapshot, type SnapshotHost } from './snapshot/live-snapshot.ts';
import {
  CLOSED,
  NOT_LOADED,
  noDefinitions,
  notAContext,
  type Unavailability,
} from './snapshot/unavailability.ts';
import { UnavailableSnapshot } from './snapshot/unavailable-snapshot.ts';
import { awaited } from './timers.ts';
import { createTransport, type Transport } from './transport.ts';
import { Warnings, warning } from './warnings.ts';

/** Default of `ready({ timeout })`, and of the deadlines of `load` and `close`, in milliseconds. */
const PATIENCE = 3000;

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
  private readonly warnings: Warnings;
  /** To the definitions and the backend that evaluates. */
  private readonly transport: Transport;
  private readonly definitions: DefinitionsKeeper;
  /** Undefined where definitions are local. */
  private readonly remote: RemoteEvaluator | undefined;
  /** Undefined unless the backend decides what local definitions cannot. */
  private readonly completion: Completion | undefined;
  private readonly outbox: Outbox;
  private readonly host: SnapshotHost;
  private closing: Promise<ClientStatus> | undefined;

  constructor(settings: Settings) {
    const { source, clock } = settings;
    const warnings = new Warnings(settings.logger);
    const outside = createOutside();
    const status = () => this.status();
    const events = new EventHub(warnings);
    const transport = createTransport(settings.transport, clock);
    const parts = { settings, events, warnings, outside, status, transport };
    this.source = source;
    this.settings = settings;
    this.events = events;
    this.warnings = warnings;
    this.transport = transport;
    const loadedAt = (version: string) => this.definitions.store.loadedAt(version);
    this.outbox = openOutbox({ settings, events, warnings, outside, loadedAt });
    this.definitions = new DefinitionsKeeper(parts);
    if (source.definitions.kind === 'remote' && source.remote !== undefined) {
      const { remote } = source;
      this.remote = new RemoteEvaluator({ ...parts, remote, definitions: this.definitions });
    }
    if (source.definitions.kind !== 'remote' && source.remote !== undefined) {
      this.completion = new Completion({ source, remote: source.remote, transport, warnings });
    }
    this.host = {
      select: (resolution, type) => source.select(resolution, type),
      events,
      recorder: this.outbox.exposures.recorder,
      usage: this.outbox.usage?.counter,
      completion: this.completion,
      options: { now: clock },
      ageMs: () => this.definitions.store.ageMs(clock()),
    };
    this.definitions.start();
  }

  async ready(options?: { readonly timeout?: number }): Promise<ClientStatus> {
    await this.definitions.ready(options?.timeout ?? PATIENCE);
    return this.status();
  }

  status(): ClientStatus {
    const { exposures, tracking, usage } = this.outbox;
    const tracked = tracking.counters;
    return {
      source: this.source.name,
      ...this.definitions.status(this.settings.clock()),
      ...this.remote?.status,
      ...this.completion?.status,
      exposures: exposures.counters,
      ...(tracked !== undefined && { tracking: tracked }),
      ...(usage !== undefined && { usage: usage.counter.counters }),
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
    if (ruleset === undefined || this.remote !== undefined || typeof visitor !== 'object') {
      return this.unavailable(visitor, this.whyUnavailable(visitor));
    }
    this.outbox.exposures.advance(now);
    return new LiveSnapshot(this.host, ruleset, visitor, now >= staleAt);
  }

  async load(context?: EvaluationContext, options?: LoadOptions): Promise<ClientSnapshot> {
    const deadline = options?.deadline ?? PATIENCE;
    const { definitions, remote, closing } = this;
    const visitor = context ?? EMPTY_CONTEXT;
    if (remote === undefined) {
      await definitions.ready(deadline);
      return this.snapshot(visitor);
    }
    if (closing !== undefined) return this.unavailable(visitor, CLOSED);
    if (typeof visitor !== 'object') return this.unavailable(visitor, notAContext(visitor));
    const query = { context: visitor, keys: options?.keys, deadline };
    const outcome = await awaited(remote.evaluate(query));
    if (!('ruleset' in outcome)) return this.unavailable(visitor, outcome);
    this.outbox.exposures.advance(this.settings.clock());
    return new LiveSnapshot(this.host, outcome.ruleset, visitor, false);
  }

  resolve<T>(
    key: string,
    defaultValue: T,
    context?: EvaluationContext,
    options?: ReadOptions,
  ): EvaluationDetails<T> {
    return this.snapshot(context).details(key, defaultValue, options);
  }

  expose(flagKey: string, variant: ShownVariant, context: EvaluationContext): void {
    const { exposures } = this.outbox;
    const { select } = this.host;
    const now = this.settings.clock;
    const ruleset = this.remote === undefined ? this.definitions.store.ruleset : undefined;
    const resolution = shownResolution({ flagKey, variant, context }, { ruleset, now, select });
    if (resolution === undefined) {
      const needs = 'the key of a flag, its variant or the details of a read, and a context';
      this.warnings.once('expose', warning('exposures', `\`expose\` needs ${needs}.`));
      return;
    }
    exposures.advance(now());
    const version = this.remote === undefined ? (ruleset?.version ?? '') : 'remote';
    exposures.recorder?.record(flagKey, resolution, { context, version });
  }

  omit(why: Omission, count: number): void {
    this.outbox.exposures.omit(why, count);
  }

  track(name: string, context?: EvaluationContext, details?: TrackingDetails): void {
    this.outbox.tracking.track(name, context, details);
  }

  async refresh(options?: RefreshNowOptions): Promise<ClientStatus> {
    const { definitions } = this;
    await awaited(options?.anew ? definitions.refreshAnew() : definitions.refresh());
    return this.status();
  }

  settled(): Promise<void> {
    return this.outbox.settled();
  }

  async flush(options?: CloseOptions): Promise<void> {
    await this.outbox.flush(options?.deadline ?? PATIENCE);
  }

  close(options?: CloseOptions): Promise<ClientStatus> {
    this.closing ??= this.shutDown(options?.deadline ?? PATIENCE);
    return this.closing;
  }

  private unavailable(context: EvaluationContext, why: Unavailability): ClientSnapshot {
    const visitor = typeof context === 'object' ? context : EMPTY_CONTEXT;
    return new UnavailableSnapshot(this.source, visitor, why);
  }

  private whyUnavailable(context: EvaluationContext): Unavailability {
    if (this.closing !== undefined) return CLOSED;
    if (typeof context !== 'object') return notAContext(context);
    if (this.remote === undefined) return noDefinitions(this.definitions.store.lastError);
    // A mistake in the program that the source's answer for missing flags might hide.
    this.warnings.once('load', warning(this.source.name, NOT_LOADED.errorMessage));
    return NOT_LOADED;
  }

  private async shutDown(deadline: number): Promise<ClientStatus> {
    const closed = this.definitions.close(deadline);
    this.remote?.close();
    const released = this.transport.close();
    await this.outbox.close(deadline);
    await Promise.all([closed, released]);
    return this.status();
  }
}
