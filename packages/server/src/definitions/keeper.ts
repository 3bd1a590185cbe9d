import { HalyardError, isHalyardError, messageOf, type Ruleset } from '@halyard/core';
import type { ClientState, ClientStatus } from '../client.ts';
import type { Outside } from '../outside.ts';
import type { Transport } from '../transport.ts';
import { warning } from '../warnings.ts';
import { Announcer, type AnnouncerOptions } from './announcer.ts';
import type { GuardedCache } from './cache/guarded-cache.ts';
import { openCache } from './cache/open-cache.ts';
import { changedFlags } from './changes.ts';
import { DiagnosticsWatch } from './diagnostics.ts';
import { loadFallback } from './fallback.ts';
import type { Definitions, LoadResult } from './held.ts';
import { inlineDefinitions } from './inline.ts';
import { type Origin, openOrigin } from './origin.ts';
import { Refresher } from './refresher.ts';
import { DefinitionsStore } from './store.ts';
import { UpdateFeed } from './stream.ts';
import { Waiting } from './waiting.ts';

/** What the keeper needs of its client. */
export interface KeeperOptions extends AnnouncerOptions {
  readonly outside: Outside;
  readonly transport: Transport;
}

/** What a client's status says about definitions. */
export type DefinitionsStatus = Omit<ClientStatus, 'source' | 'remote' | 'exposures' | 'usage'>;

/** Keeps definitions, keeps them fresh, and tells what becomes of them. */
export class DefinitionsKeeper {
  readonly store: DefinitionsStore;
  private readonly options: KeeperOptions;
  private readonly announcer: Announcer;
  private readonly diagnostics: DiagnosticsWatch;
  private readonly cache: GuardedCache | undefined;
  private readonly origin: Origin | undefined;
  private readonly refresher: Refresher | undefined;
  private readonly updates: UpdateFeed | undefined;
  private readonly waiting = new Waiting();
  private stopWatching: (() => void) | undefined;
  private awaitsFallback = false;
  private closed = false;

  /** Throws a HalyardError INVALID_OPTION when the cache cannot serve this client. */
  constructor(options: KeeperOptions) {
    const { settings, transport, warnings } = options;
    this.options = options;
    this.announcer = new Announcer(options, (now) => this.state(now));
    this.diagnostics = new DiagnosticsWatch(warnings);
    this.cache = openCache(settings, warnings);
    this.origin = openOrigin(settings, { transport, cache: this.cache });
    this.store = new DefinitionsStore(
      this.origin === undefined ? Number.POSITIVE_INFINITY : settings.refresh.staleAfter,
    );
    this.refresher = this.origin && this.refresherOf(this.origin);
    this.updates = this.refresher && this.updatesOf(this.refresher);
  }

  /** Starts the first attempt and everything that keeps definitions fresh. */
  start(): void {
    this.takeFallback();
    if (this.refresher === undefined) {
      this.takeInline();
      return;
    }
    const { refresher } = this;
    this.stopWatching = this.origin?.watch?.(refresher);
    void refresher.refresh();
    this.updates?.start();
  }

  state(now: number): ClientState {
    if (this.closed) return 'closed';
    const { from, lastError, staleAt } = this.store;
    if (from !== 'source') return lastError === undefined ? 'not-ready' : 'error';
    return now >= staleAt ? 'stale' : 'ready';
  }

  status(now: number): DefinitionsStatus {
    const { store, updates, cache } = this;
    const { ruleset } = store;
    const isShared = this.options.settings.source.definitions.kind === 'http';
    return {
      state: this.state(now),
      origin: store.from,
      version: ruleset?.version,
      confirmedAt: store.confirmedAt,
      ageMs: store.ageMs(now),
      flagCount: ruleset?.flagKeys.length ?? 0,
      diagnostics: ruleset?.diagnostics ?? [],
      lastError: store.lastError,
      refreshes: store.refreshes,
      ...(updates && { updates: updates.counters }),
      ...(cache && isShared && { cache: cache.status }),
    };
  }

  /** When reads have to look after something, see {@link attend}; Unix milliseconds. */
  get attentionAt(): number {
    const dueAt = this.refresher?.dueAt ?? Number.POSITIVE_INFINITY;
    return Math.min(dueAt, this.store.staleAt);
  }

  /** What timers do, done by a read because the host has frozen them. Never waits. */
  attend(now: number): void {
    const { announcer, refresher } = this;
    const isDue = refresher !== undefined && now >= refresher.dueAt;
    if (!isDue && announcer.isUpToDate(now)) return;
    this.options.outside(() => {
      announcer.announce();
      if (isDue) void refresher.refresh();
    });
  }

  /** Resolves when {@link isSettled}, or when the time is over. */
  ready(timeout: number): Promise<void> {
    return this.isSettled ? Promise.resolve() : this.waiting.wait(timeout);
  }

  refresh(): Promise<void> {
    return this.refresher?.refresh() ?? Promise.resolve();
  }

  refreshAnew(): Promise<void> {
    return this.refresher?.refreshAnew() ?? Promise.resolve();
  }

  /** Ends everything at once. Resolves when the cache is closed too, or at the deadline. */
  async close(deadline: number): Promise<void> {
    this.closed = true;
    this.refresher?.stop();
    this.updates?.stop();
    this.stopWatching?.();
    this.announcer.stop();
    this.store.release();
    this.waiting.end();
    await this.cache?.shutdown(deadline);
  }

  /**
   * Whether waiting is of no use: there are definitions, the source has failed and the fallback is
   * there, or nothing can come.
   */
  private get isSettled(): boolean {
    const { from, lastError } = this.store;
    if (this.closed || from === 'source') return true;
    if (from === 'fallback' && lastError !== undefined) return true;
    return this.refresher === undefined && !this.awaitsFallback;
  }

  private refresherOf({ load, loadLimit, glance }: Origin): Refresher {
    const { source, refresh, clock } = this.options.settings;
    return new Refresher({
      part: source.name,
      refresh,
      attemptLimit: loadLimit,
      clock,
      load: (signal) => load(this.store.held, signal),
      ...(glance && { glance: () => glance(this.store.held) }),
      onLoaded: (result) => this.loaded(result),
      onFailed: (error) => this.failed(error),
    });
  }

  private updatesOf(refresher: Refresher): UpdateFeed | undefined {
    const { settings, transport, warnings } = this.options;
    const { source } = settings;
    if (source.updates === undefined) return undefined;
    return new UpdateFeed({
      source,
      updates: source.updates,
      warnings,
      connect: (request, listener) => transport.stream(request, listener),
      held: () => this.store.ruleset,
      onNews: () => refresher.changed(),
      onConnected: () => refresher.missed(),
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

  private takeFallback(): void {
    const { settings, warnings } = this.options;
    const { source, transport } = settings;
    this.awaitsFallback = source.fallback !== undefined;
    void loadFallback(source, transport.maxResponseBytes, {
      onLoaded: (definitions) => this.fallbackLoaded(definitions),
      onFailed: (thrown) => {
        const what = 'there are no fallback definitions';
        warnings.once('fallback', warning(source.name, what, thrown));
      },
    }).then(() => {
      this.awaitsFallback = false;
      if (this.isSettled) this.waiting.end();
    });
  }

  private fallbackLoaded(definitions: Definitions): void {
    if (this.closed || !this.store.takeFallback(definitions)) return;
    this.use(definitions.ruleset, undefined);
  }

  private loaded(result: LoadResult): void {
    if (result.kind === 'kept') return;
    const change = this.store.loaded(result, this.options.settings.clock());
    this.announcer.watchAge(this.store.staleAt);
    this.announcer.succeeded();
    this.waiting.end();
    const { ruleset } = this.store;
    if (ruleset === undefined) return;
    if (change === undefined) this.diagnostics.check(ruleset);
    else this.use(ruleset, change.replaced);
  }

  private failed(error: HalyardError): void {
    this.store.failed(error);
    this.announcer.failed(error);
    if (this.isSettled) this.waiting.end();
  }

  private use(ruleset: Ruleset, replaced: Ruleset | undefined): void {
    const { events } = this.options;
    this.diagnostics.check(ruleset);
    this.updates?.definitionsLoaded();
    // Comparing costs a walk over both documents.
    if (!events.has('configurationChanged')) return;
    const { version, diagnostics } = ruleset;
    const flagsChanged = changedFlags(replaced, ruleset);
    events.emit('configurationChanged', { flagsChanged, version, diagnostics });
  }
}
