import type { EvaluationDetails, FlagValueType } from '@halyard/core';
import { type ClientSnapshot, createFlagClient, type FlagClient } from '@halyard/server';
import {
  type EvaluationContext,
  GeneralError,
  type Hook,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  type ProviderMetadata,
  type ResolutionDetails,
} from '@openfeature/server-sdk';
import { type TypedResolution, typedResolution } from '../resolution/typed-resolution.ts';
import { initializationError } from './initialization-error.ts';
import type { HalyardServerProviderOptions } from './options.ts';
import { type Standing, StatusRelay } from './status-relay.ts';
import { trackerOf } from './tracker.ts';

/** Asked for in place of a null default, which alone of the defaults does not tell its type. */
const NO_OBJECT: JsonValue = Object.freeze({});

/**
 * An OpenFeature provider for the server over a {@link FlagClient}. Give it a client you already have
 * (`{ client }`: you close it), or the client's options (the provider makes one, and closes it with
 * itself). Every read counts as an exposure, as the client's own reads do. It resolves from memory, and
 * waits for its exposure to be sent only where the executor has reads wait, as `inline()` does.
 *
 * One instance may serve several domains. After `onClose` it can be registered again.
 */
export class HalyardServerProvider implements Provider {
  readonly metadata: ProviderMetadata;
  readonly runsOn = 'server';
  readonly events: OpenFeatureEventEmitter = new OpenFeatureEventEmitter();
  readonly hooks: Hook[];
  /** Absent where nobody takes events, so that the SDK can say that tracking is not supported. */
  readonly track?: NonNullable<Provider['track']>;

  private readonly options: HalyardServerProviderOptions;
  private reader: FlagClient;
  private relay: StatusRelay | undefined;
  private closing: Promise<void> | undefined;

  /** Throws a HalyardError when the options of an own client are invalid. */
  constructor(options: HalyardServerProviderOptions) {
    this.options = options;
    this.reader = options.client ?? createFlagClient(options);
    this.metadata = { name: `halyard/${this.reader.source.name}` };
    this.hooks = [...(options.hooks ?? [])];
    this.track = trackerOf(options, () => this.reader);
  }

  /** The provider's own client; undefined when the client was given, and so is somebody else's. */
  get client(): FlagClient | undefined {
    return this.options.client === undefined ? this.reader : undefined;
  }

  /**
   * Waits for the first definitions, at most `readyTimeout`. Rejects when there are none: the status
   * becomes ERROR, and READY is reported when they arrive. Rejects with PROVIDER_FATAL when they never
   * can: the given client is closed, or definitions given in code are invalid.
   */
  initialize(): Promise<void> {
    if (this.closing !== undefined && this.options.client === undefined) {
      this.reader = createFlagClient(this.options);
    }
    this.closing = undefined;
    this.relay?.stop();
    const relay = new StatusRelay(this.reader, this.events);
    this.relay = relay;
    return this.waitUntilReady(relay).then(
      () => settleSoon(relay, 'ready'),
      (error: unknown) => {
        settleSoon(relay, 'error');
        throw error;
      },
    );
  }

  /** Stops events; closes the client if it is the provider's own. Safe to call again. */
  onClose(): Promise<void> {
    this.relay?.stop();
    this.relay = undefined;
    this.closing ??= Promise.resolve(this.client?.close()).then(() => undefined);
    return this.closing;
  }

  /** Reads a boolean. The context is passed to the backend as it is. */
  resolveBooleanEvaluation(
    flagKey: string,
    defaultValue: boolean,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<boolean>> {
    return this.resolve('boolean', flagKey, defaultValue, context);
  }

  /** Reads a string. */
  resolveStringEvaluation(
    flagKey: string,
    defaultValue: string,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<string>> {
    return this.resolve('string', flagKey, defaultValue, context);
  }

  /** Reads a number. */
  resolveNumberEvaluation(
    flagKey: string,
    defaultValue: number,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<number>> {
    return this.resolve('number', flagKey, defaultValue, context);
  }

  /** Reads a JSON object or array. The default may be null. */
  resolveObjectEvaluation<T extends JsonValue>(
    flagKey: string,
    defaultValue: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    return this.resolve('object', flagKey, defaultValue, context);
  }

  private async resolve<T>(
    type: FlagValueType,
    flagKey: string,
    defaultValue: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    const asked = defaultValue === null ? NO_OBJECT : defaultValue;
    const details = await this.details(flagKey, asked, context);
    const { value, variant, reason, errorCode, errorMessage, flagMetadata } = details;
    const resolution: TypedResolution<T> = Object.is(value, asked)
      ? { value: defaultValue, variant, reason, errorCode, errorMessage, flagMetadata }
      : typedResolution({ flagKey, type, defaultValue }, details);
    return resolution as ResolutionDetails<T>;
  }

  /** From memory; or by a request of its own where only the backend can tell. */
  private async details(
    flagKey: string,
    defaultValue: unknown,
    context: EvaluationContext,
  ): Promise<EvaluationDetails<unknown>> {
    const { reader } = this;
    if (reader.source.remote === undefined) {
      return this.settled(reader.resolve(flagKey, defaultValue, context));
    }
    const visitor = await this.visitor(flagKey, context);
    return this.settled(visitor.details(flagKey, defaultValue));
  }

  private async visitor(flagKey: string, context: EvaluationContext): Promise<ClientSnapshot> {
    const { reader } = this;
    if (reader.source.definitions.kind === 'remote') {
      return reader.load(context, { keys: [flagKey] });
    }
    const local = reader.snapshot(context);
    return local.resolve(flagKey).remote === undefined ? local : local.complete();
  }

  /** To be called in the turn of the read. */
  private async settled(details: EvaluationDetails<unknown>): Promise<EvaluationDetails<unknown>> {
    await this.reader.settled();
    return details;
  }

  private async waitUntilReady(relay: StatusRelay): Promise<void> {
    const client = this.reader;
    const { readyTimeout } = this.options;
    const status = await client.ready(readyTimeout === undefined ? {} : { timeout: readyTimeout });
    if (this.relay !== relay) throw new GeneralError('the provider was closed while it waited');
    const error = initializationError(status, client.source);
    if (error !== undefined) throw error;
  }
}

/**
 * The SDK marks the outcome of `initialize` in the microtasks after it; only a later task can tell it
 * of a change without being overruled.
 */
function settleSoon(relay: StatusRelay, announced: Standing): void {
  setTimeout(() => relay.settle(announced), 0);
}
