import type { EvaluationDetails, FlagsBootstrap } from '@halyard/core';
import { createFlagStore, type FlagStore } from '@halyard/react/store';
import {
  type EvaluationContext,
  type Hook,
  type JsonValue,
  type Logger,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type ResolutionDetails,
} from '@openfeature/web-sdk';
import {
  type TypedRead,
  type TypedResolution,
  typedResolution,
} from '../resolution/typed-resolution.ts';
import { changedFlags } from './changed-flags.ts';
import type { HalyardWebProviderOptions } from './options.ts';

/** As much of a FlagStore as the provider uses. */
export type FlagValues = Pick<FlagStore, 'live' | 'update' | 'subscribe'>;

/** Why a read gives the default. */
type Failure = Pick<EvaluationDetails, 'errorCode' | 'errorMessage'>;

const NO_METADATA = Object.freeze({});

/**
 * An OpenFeature provider for the browser over values that a server resolved. It has no `initialize`,
 * so it is READY the moment it is set: the first read gives the flag's value, not a default. It holds
 * one visitor's values, so the SDK binds it to one domain only.
 */
export class HalyardWebProvider implements Provider {
  readonly metadata = { name: 'halyard/web' };
  readonly runsOn = 'client';
  readonly domainScoped = true;
  readonly events: OpenFeatureEventEmitter = new OpenFeatureEventEmitter();
  readonly hooks: Hook[];
  /** Absent without `onTrack`, so that the SDK can say that tracking is not supported. */
  readonly track?: NonNullable<Provider['track']>;

  // Not #private: the React SDK wraps what it is given in a Proxy, which such fields do not survive.
  private readonly values: FlagValues;
  private readonly options: HalyardWebProviderOptions;
  private readonly unsubscribe: () => void;
  private announced: FlagStore['live'];
  private contextChanges = 0;

  /** `values`: what the server sent, or the store that holds it. */
  constructor(values: FlagsBootstrap | FlagValues, options: HalyardWebProviderOptions = {}) {
    this.values = isFlagValues(values) ? values : createFlagStore(values);
    this.options = options;
    this.announced = this.values.live;
    this.unsubscribe = this.values.subscribe(() => this.announce());
    this.hooks = [...(options.hooks ?? [])];
    const { onTrack } = options;
    if (onTrack !== undefined) {
      this.track = (name, context, details) => onTrack(name, context, details);
    }
  }

  /** Replaces the values. Emits CONFIGURATION_CHANGED with the flags that changed, if any did. */
  update(bootstrap: FlagsBootstrap): void {
    this.values.update(bootstrap);
  }

  /**
   * Gets new values for a new context, through the option `refresh`. Async so that it cannot throw
   * synchronously, which would silence the domain's CONTEXT_CHANGED for good (specs/platform.md §1.2).
   */
  async onContextChange(_previous: EvaluationContext, context: EvaluationContext): Promise<void> {
    const { refresh } = this.options;
    if (refresh === undefined) return;
    this.contextChanges++;
    const change = this.contextChanges;
    const bootstrap = await refresh(context);
    if (bootstrap !== undefined && change === this.contextChanges) this.update(bootstrap);
  }

  /** Stops events about the store. The values stay readable. Safe to call again. */
  async onClose(): Promise<void> {
    this.unsubscribe();
  }

  /** Reads a boolean. The values are one visitor's already: the context plays no part. */
  resolveBooleanEvaluation(
    flagKey: string,
    defaultValue: boolean,
    _context: EvaluationContext,
    logger: Logger,
  ): ResolutionDetails<boolean> {
    return this.resolve({ flagKey, type: 'boolean', defaultValue }, logger);
  }

  /** Reads a string. */
  resolveStringEvaluation(
    flagKey: string,
    defaultValue: string,
    _context: EvaluationContext,
    logger: Logger,
  ): ResolutionDetails<string> {
    return this.resolve({ flagKey, type: 'string', defaultValue }, logger);
  }

  /** Reads a number. */
  resolveNumberEvaluation(
    flagKey: string,
    defaultValue: number,
    _context: EvaluationContext,
    logger: Logger,
  ): ResolutionDetails<number> {
    return this.resolve({ flagKey, type: 'number', defaultValue }, logger);
  }

  /** Reads a JSON object or array. */
  resolveObjectEvaluation<T extends JsonValue>(
    flagKey: string,
    defaultValue: T,
    _context: EvaluationContext,
    logger: Logger,
  ): ResolutionDetails<T> {
    return this.resolve({ flagKey, type: 'object', defaultValue }, logger);
  }

  private resolve<T>(read: TypedRead<T>, logger: Logger): ResolutionDetails<T> {
    const resolution = this.find(read);
    const { errorCode, reason } = resolution;
    if (errorCode === undefined && reason !== 'DISABLED') this.expose(read.flagKey, logger);
    return resolution as ResolutionDetails<T>;
  }

  private find<T>(read: TypedRead<T>): TypedResolution<T> {
    const { flagKey, defaultValue } = read;
    const { live } = this.values;
    const flag = live?.flags.get(flagKey);
    if (flag !== undefined) {
      const { as, variant, reason } = flag;
      const { [read.type]: value = flag.value } = as ?? {};
      const isOff = as?.boolean === false;
      const details = { flagKey, value, variant, reason, flagMetadata: NO_METADATA };
      return isOff && read.type !== 'boolean'
        ? { ...details, value: read.defaultValue, variant: undefined }
        : typedResolution(read, details);
    }
    const failure = live === undefined ? NOT_THERE_YET : (live.failure ?? notSent(flagKey));
    return { value: defaultValue, reason: 'ERROR', ...failure, flagMetadata: NO_METADATA };
  }

  private expose(flagKey: string, logger: Logger): void {
    try {
      this.options.expose?.(flagKey);
    } catch (error) {
      // The SDK would answer with the default: who counts must not change what is read.
      logger.error(`counting flag "${flagKey}" failed:`, error);
    }
  }

  private announce(): void {
    const { live } = this.values;
    const flagsChanged = changedFlags(this.announced?.flags, live?.flags);
    this.announced = live;
    if (flagsChanged.length === 0) return;
    this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged });
  }
}

const NOT_THERE_YET: Failure = {
  errorCode: 'PROVIDER_NOT_READY',
  errorMessage: 'the flags have not arrived yet',
};

function notSent(flagKey: string): Failure {
  const errorMessage = `flag "${flagKey}" was not sent to the browser`;
  return { errorCode: 'FLAG_NOT_FOUND', errorMessage };
}

function isFlagValues(values: FlagsBootstrap | FlagValues): values is FlagValues {
  return typeof (values as Partial<FlagValues> | undefined)?.subscribe === 'function';
}
