import type { JsonValue } from '@halyard/core';
import type { SpecBackend } from './backends.ts';
import type { FeatureType } from './values.ts';

/** Whom flags are for where a backend has to know. The features are about nobody in particular. */
export const SOMEBODY = 'somebody';

/** The states a feature can ask a provider to be in. */
export type ProviderKind = 'stable' | 'not ready' | 'error' | 'fatal' | 'stale';

/** Where context can be added, in the order of precedence. */
export type ContextLevel = 'API' | 'Transaction' | 'Client' | 'Invocation' | 'Before Hooks';

/** Attributes of an evaluation context, as the features give them. */
export type Attributes = Readonly<Record<string, JsonValue>>;

/** Evaluation details, as far as the features look at them. Both SDKs' details fit. */
export interface Details {
  readonly flagKey: string;
  readonly value: unknown;
  readonly variant?: string;
  readonly reason?: string;
  readonly errorCode?: string;
  readonly flagMetadata: Readonly<Record<string, string | number | boolean>>;
}

/** A hook that both SDKs can run: it only watches. */
export interface WatchingHook {
  before(): void;
  after(context: unknown, details: Details): void;
  error(context: unknown, error: unknown): void;
  finally(context: unknown, details: Details): void;
}

/** One evaluation to make. */
export interface Evaluation {
  readonly flagKey: string;
  readonly type: FeatureType;
  readonly defaultValue: JsonValue;
  readonly context: Attributes;
  readonly hooks: readonly WatchingHook[];
}

/** One SDK with our provider in it: what the steps act on. A new one for every scenario. */
export interface World {
  readonly backend: SpecBackend;
  useProvider(kind: ProviderKind): Promise<void>;
  /** Registers a provider whose backend writes down the context it is given. */
  useRecordingProvider(): Promise<void>;
  /** The context the backend was given last. */
  recordedContext(): Attributes;
  status(): string;
  addContext(level: ContextLevel, entries: Attributes): void;
  addClientHook(hook: WatchingHook): void;
  evaluate(evaluation: Evaluation): Promise<Details>;
  close(): Promise<void>;
}
