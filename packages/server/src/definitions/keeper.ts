import { HalyardError, isHalyardError, messageOf, type Ruleset } from '@halyard/core';
import type { ClientState, ClientStatus } from '../client.ts';
import type { EventHub } from '../events.ts';
import type { Outside } from '../outside.ts';
import type { Settings } from '../settings.ts';
import { backgroundTimer, LONGEST_TIMER } from '../timers.ts';
import type { Warnings } from '../warnings.ts';
import { changedFlags } from './changes.ts';
import { DiagnosticsWatch } from './diagnostics.ts';
import type { LoadResult } from './held.ts';
import { inlineDefinitions } from './inline.ts';
import { type Origin, openOrigin } from './origin.ts';
import { Refresher } from './refresher.ts';
import { DefinitionsStore } from './store.ts';

/** What the keeper needs of its client. */
export interface KeeperOptions {
  readonly settings: Settings;
  readonly events: EventHub;
  readonly warnings: Warnings;
  readonly outside: Outside;
  readonly status: () => ClientStatus;
}

/** Keeps definitions, keeps them fresh, and tells what becomes of them. */
export class DefinitionsKeeper {
  readonly store: DefinitionsStore;
  private readonly options: KeeperOptions;
  private readonly diagnostics: DiagnosticsWatch;
  private readonly origin: Origin | undefined;
  private readonly refresher: Refresher | undefined;
  private readonly waiting = new Set<() => void>();
  private stopWatching: (() => void) | undefined;
  private staleTimer: NodeJS.Timeout | undefined;
  private announced: ClientState = 'not-ready';
  private closed = false;

  constructor(options: KeeperOptions) {
    const { settings, warnings } = options;
    this.options = options;
    this.diagnostics = new DiagnosticsWatch(warnings);
    this.origin = openOrigin(settings);
    this.store = new DefinitionsStore(
      this.origin === undefined ? Number.POSITIVE_INFINITY : settings.refresh.staleAfter,
    );
    this.refresher = this.origin && this.refresherOf(this.origin);
  }

  /** Starts the first attempt and everything that keeps definitions fresh. */
  start(): void {
    if (this.refresher === undefined) {
      this.takeInline();
      return;
    }
    const { refresher } = this;
    this.stopWatching = this.origin?.watch?.(() => refresher.changed());
    void refresher.refresh();
  }

  state(now: number): ClientState {
    if (this.closed) return 'closed';
    const { held, lastError, staleAt } = this.store;
    if (held === undefined) return lastError === undefined ? 'not-ready' : 'error';
    return now >= staleAt ? 'stale' : 'ready';
  }

  /** When reads have to look after something, see {@link attend}; Unix milliseconds. */
  get attentionAt(): number {
    const dueAt = this.refresher?.dueAt ?? Number.POSITIVE_INFINITY;
    return Math.min(dueAt, this.store.staleAt);
  }

  /** What timers do, done by a read because the host has frozen them. Never waits. */
  attend(now: number): void {
    const { refresher } = this;
    const isDue = refresher !== undefined && now >= refresher.dueAt;
    if (!isDue && this.announced === this.state(now)) return;
    this.options.outside(() => {
      this.announce();
      if (isDue) void refresher.refresh();
    });
  }

  /** Resolves when there are definitions, when none can come, or when the time is over. */
  ready(timeout: number): Promise<void> {
    const isOver = this.closed || this.store.held !== undefined || this.refresher === undefined;
    if (isOver) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(end);
        resolve();
      };
      // Holds the process, unlike the timers of the background: somebody awaits this.
      const timer = setTimeout(end, Math.min(timeout, LONGEST_TIMER));
      this.waiting.add(end);
    });
  }

  refresh(): Promise<void> {
    return this.refresher?.refresh() ?? Promise.resolve();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.refresher?.stop();
    this.stopWatching?.();
    clearTimeout(this.staleTimer);
    this.store.release();
    this.endWaiting();
    await this.origin?.close();
  }

  private refresherOf({ load, loadLimit }: Origin): Refresher {
    const { source, refresh, clock } = this.options.settings;
    return new Refresher({
      part: source.name,
      refresh,
      attemptLimit: loadLimit,
      clock,
      load: (signal) => load(this.store.held, signal),
      onLoaded: (result) => this.loaded(result),
      onFailed: (error) => this.failed(error),
    });
  }

  private takeInline(): void {
    const { source } = this.options.settings;
    const { definitions } = source;
    if (definitions.kind !== 'inline') return;
    try {
      this.loaded({ kind: 'changed', definitions: inlineDefinitions(source, definitions) });
    } catch (thrown) {
      if (isHalyardError(thrown)) this.failed(thrown);
      else this.failed(new HalyardError(source.name, 'INVALID_DEFINITIONS', messageOf(thrown)));
    }
  }

  private loaded(result: LoadResult): void {
    const change = this.store.loaded(result, this.options.settings.clock());
    this.options.warnings.settle('refresh');
    this.watchAge();
    this.announce();
    this.endWaiting();
    const { ruleset } = this.store;
    if (ruleset === undefined) return;
    this.diagnostics.check(ruleset);
    if (change !== undefined) this.tellChange(change.replaced, ruleset);
  }

  private failed(error: HalyardError): void {
    const { events, warnings, status } = this.options;
    this.store.failed(error);
    warnings.once('refresh', error.message);
    events.emit('error', { error, status: status() });
    this.announce();
  }

  private tellChange(replaced: Ruleset | undefined, ruleset: Ruleset): void {
    const { events } = this.options;
    // Comparing costs a walk over both documents.
    if (!events.has('configurationChanged')) return;
    const { version, diagnostics } = ruleset;
    const flagsChanged = changedFlags(replaced, ruleset);
    events.emit('configurationChanged', { flagsChanged, version, diagnostics });
  }

  /** Tells of the transitions that have an event. */
  private announce(): void {
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

  private watchAge(): void {
    clearTimeout(this.staleTimer);
    const remaining = this.store.staleAt - this.options.settings.clock();
    if (remaining === Number.POSITIVE_INFINITY) return;
    this.staleTimer = backgroundTimer(() => {
      this.announce();
      // Timers and the clock need not agree: the time may not have come yet.
      if (this.announced === 'ready') this.watchAge();
    }, remaining);
  }

  private endWaiting(): void {
    for (const end of [...this.waiting]) end();
  }
}
