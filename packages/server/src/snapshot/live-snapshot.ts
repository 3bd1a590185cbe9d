import {
  createSnapshot,
  type EvaluationContext,
  type EvaluationDetails,
  type Exposure,
  errorResolution,
  type FlagOutcome,
  type FlagType,
  flagValueType,
  leavesDefault,
  messageOf,
  type Resolution,
  type Ruleset,
  type SelectValue,
  type Snapshot,
  toDetails,
} from '@halyard/core';
import type { ClientExplanation, ClientSnapshot, CompleteOptions, ReadOptions } from '../client.ts';
import type { EventHub } from '../events.ts';
import type { ExposureRecorder } from '../exposures/recorder.ts';
import { CompletedRuleset, type Completion } from '../remote/completion.ts';
import { awaited } from '../timers.ts';
import type { UsageCounter } from '../usage/counter.ts';
import { type ChosenOutcomes, OverriddenRuleset } from './overridden-ruleset.ts';
import { staleDetails, staleResolution, staleResolutions } from './stale.ts';

/** What all snapshots of a client share. */
export interface SnapshotHost {
  readonly select: SelectValue;
  readonly events: EventHub;
  /** Undefined when nothing is counted. */
  readonly recorder: ExposureRecorder | undefined;
  /** Undefined where nobody is told how often flags are read. */
  readonly usage: UsageCounter | undefined;
  /** Decides what the definitions cannot; undefined where nobody does. */
  readonly completion: Completion | undefined;
  readonly options: { readonly now: () => number };
  /** The age of the definitions in use. */
  ageMs(): number | undefined;
}

/** Default of `complete({ deadline })`, in milliseconds. */
const PATIENCE = 3000;

/** Keys may come from an endless iterable; no set of definitions has more flags than this. */
const MAX_EXPOSED_KEYS = 10_000;

/**
 * One visitor's view of one version of the definitions. Whatever goes wrong below it, a backend's
 * mistake or a context that throws when it is read, ends in the default and an error code.
 */
export class LiveSnapshot implements ClientSnapshot {
  readonly context: EvaluationContext;
  private readonly host: SnapshotHost;
  private readonly ruleset: Ruleset;
  private readonly inner: Snapshot;
  private readonly isStale: boolean;
  private completing: Promise<ClientSnapshot> | undefined = undefined;

  constructor(host: SnapshotHost, ruleset: Ruleset, context: EvaluationContext, isStale: boolean) {
    this.host = host;
    this.context = context;
    this.ruleset = ruleset;
    this.inner = createSnapshot(ruleset, context, host.options);
    this.isStale = isStale;
  }

  get version(): string {
    return this.ruleset.version;
  }

  get flagKeys(): readonly string[] {
    return this.ruleset.flagKeys;
  }

  get<T>(key: string, defaultValue: T, options?: ReadOptions): FlagType<string, T> {
    return this.value(key, defaultValue, options) as FlagType<string, T>;
  }

  details<T>(key: string, defaultValue: T, options?: ReadOptions): EvaluationDetails<T> {
    if (!this.host.events.measuresReads) return this.read(key, defaultValue, options);
    const start = performance.now();
    const details = this.read(key, defaultValue, options);
    this.host.events.emit('resolution', {
      details: details as EvaluationDetails,
      targetingKey: this.targetingKey(),
      version: this.version,
      durationMs: performance.now() - start,
    });
    return details;
  }

  resolve(key: string): Resolution {
    const resolution = this.resolveOne(key);
    return this.isStale ? staleResolution(resolution, this.ageMs()) : resolution;
  }

  all(): ReadonlyMap<string, Resolution> {
    const resolutions = this.resolveAll();
    return this.isStale ? staleResolutions(resolutions, this.ageMs()) : resolutions;
  }

  explain(key: string): ClientExplanation {
    const ageMs = this.host.ageMs();
    try {
      return { ...this.inner.explain(key), ageMs };
    } catch (thrown) {
      const resolution = errorResolution('GENERAL', failure(thrown));
      const { source, version } = this.inner;
      return { flagKey: key, resolution, steps: [], source, version, ageMs };
    }
  }

  outcomesOf(key: string): readonly FlagOutcome[] | undefined {
    try {
      return this.ruleset.outcomesOf?.(key);
    } catch {
      // What cannot be listed is not chosen from; reading the flag says what is wrong with it.
      return undefined;
    }
  }

  overridden(chosen: ChosenOutcomes): ClientSnapshot {
    const ruleset = new OverriddenRuleset(this.ruleset, chosen);
    return new LiveSnapshot(this.host, ruleset, this.context, this.isStale);
  }

  complete(options?: CompleteOptions): Promise<ClientSnapshot> {
    this.completing ??= this.completed(options?.deadline ?? PATIENCE);
    return this.completing;
  }

  expose(keys: Iterable<string>, origin: Exposure['origin']): void {
    const { recorder } = this.host;
    if (recorder === undefined) return;
    let count = 0;
    try {
      for (const key of keys) {
        if (++count > MAX_EXPOSED_KEYS) return;
        if (typeof key !== 'string') continue;
        recorder.record(key, this.resolveOne(key), this, origin);
      }
    } catch {
      // The keys may come from outside, and what cannot be listed was seen by nobody.
    }
  }

  private async completed(deadline: number): Promise<ClientSnapshot> {
    const { host, context, ruleset } = this;
    if (host.completion === undefined) return this;
    const keys = [...this.resolveAll()].flatMap(([key, { remote }]) => (remote ? [key] : []));
    if (keys.length === 0) return this;
    const answers = await awaited(host.completion.answer({ context, keys, deadline }));
    return new LiveSnapshot(host, new CompletedRuleset(ruleset, answers), context, this.isStale);
  }

  private resolveAll(): ReadonlyMap<string, Resolution> {
    try {
      return this.inner.all();
    } catch {
      // Flag by flag, so that the one that fails takes no other with it.
      return new Map(this.ruleset.flagKeys.map((key) => [key, this.resolveOne(key)] as const));
    }
  }

  private resolveOne(key: string): Resolution {
    try {
      return this.inner.resolve(key);
    } catch (thrown) {
      return errorResolution('GENERAL', failure(thrown));
    }
  }

  private value<T>(key: string, defaultValue: T, options: ReadOptions | undefined): T {
    const { host } = this;
    if (host.events.measuresReads) return this.details(key, defaultValue, options).value;
    try {
      const resolution = this.inner.resolve(key);
      if (host.usage !== undefined) this.count(key, resolution, options);
      if (resolution.errorCode !== undefined) return defaultValue;
      const value = host.select(resolution, flagValueType(defaultValue));
      if (value === undefined && !leavesDefault(resolution)) return defaultValue;
      if (host.recorder !== undefined && options?.expose !== false) {
        host.recorder.record(key, resolution, this);
      }
      return value === undefined ? defaultValue : (value as T);
    } catch {
      // The same read through `details` carries the error; here the caller asked for a value only.
      return defaultValue;
    }
  }

  private read<T>(
    key: string,
    defaultValue: T,
    options: ReadOptions | undefined,
  ): EvaluationDetails<T> {
    try {
      const { select, recorder } = this.host;
      const resolution = this.inner.resolve(key);
      if (this.host.usage !== undefined) this.count(key, resolution, options);
      const details = toDetails(key, defaultValue, resolution, select);
      if (recorder !== undefined && details.errorCode === undefined && options?.expose !== false) {
        recorder.record(key, resolution, this);
      }
      return this.isStale ? staleDetails(details, this.ageMs()) : details;
    } catch (thrown) {
      const problem = errorResolution('GENERAL', failure(thrown));
      return toDetails(key, defaultValue, problem, this.host.select);
    }
  }

  private count(key: string, resolution: Resolution, options: ReadOptions | undefined): void {
    const { errorCode, isDefault } = resolution;
    if (errorCode === 'FLAG_NOT_FOUND' || isDefault || options?.count === false) return;
    this.host.usage?.add(key);
  }

  private ageMs(): number {
    return this.host.ageMs() ?? 0;
  }

  private targetingKey(): string | undefined {
    try {
      return this.context.targetingKey;
    } catch {
      // A getter that throws has made the read itself an error already, or does not matter to it.
      return undefined;
    }
  }
}

function failure(thrown: unknown): string {
  return `the flag could not be evaluated: ${messageOf(thrown)}`;
}
