import {
  type EvaluationContext,
  type EvaluationDetails,
  errorResolution,
  type FlagSource,
  type FlagType,
  type Resolution,
  toDetails,
} from '@halyard/core';
import type { ClientExplanation, ClientSnapshot } from '../client.ts';
import { missingResolution } from './missing.ts';
import type { Unavailability } from './unavailability.ts';

const NO_FLAGS: ReadonlyMap<string, Resolution> = new Map();

/**
 * A snapshot of nothing: every read gives what the source says a flag is without definitions, or else
 * the default, and says why. Exposes nothing.
 */
export class UnavailableSnapshot implements ClientSnapshot {
  readonly context: EvaluationContext;
  readonly version = '';
  readonly flagKeys: readonly string[] = [];
  private readonly source: FlagSource;
  private readonly why: Unavailability;

  constructor(source: FlagSource, context: EvaluationContext, why: Unavailability) {
    this.source = source;
    this.context = context;
    this.why = why;
  }

  get<T>(key: string, defaultValue: T): FlagType<string, T> {
    return this.details(key, defaultValue).value as FlagType<string, T>;
  }

  details<T>(key: string, defaultValue: T): EvaluationDetails<T> {
    const { source } = this;
    return toDetails(key, defaultValue, this.resolve(key), (resolution, type) =>
      source.select(resolution, type),
    );
  }

  resolve(key: string): Resolution {
    const { errorCode, errorMessage } = this.why;
    return missingResolution(this.source, key) ?? errorResolution(errorCode, errorMessage);
  }

  /** Empty: nobody knows which flags there are. */
  all(): ReadonlyMap<string, Resolution> {
    return NO_FLAGS;
  }

  explain(flagKey: string): ClientExplanation {
    const { version } = this;
    const resolution = this.resolve(flagKey);
    const source = this.source.name;
    return { flagKey, resolution, steps: [], source, version, ageMs: undefined };
  }

  outcomesOf(): undefined {
    return undefined;
  }

  overridden(): ClientSnapshot {
    return this;
  }

  async complete(): Promise<ClientSnapshot> {
    return this;
  }

  expose(): void {}
}
