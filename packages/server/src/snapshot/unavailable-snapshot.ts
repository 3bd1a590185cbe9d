import {
  type ErrorCode,
  type EvaluationContext,
  type EvaluationDetails,
  errorResolution,
  type FlagType,
  type Resolution,
} from '@halyard/core';
import type { ClientExplanation, ClientSnapshot } from '../client.ts';

/** Why there is nothing to read. */
export interface Unavailable {
  readonly source: string;
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
}

const NO_FLAGS: ReadonlyMap<string, Resolution> = new Map();

/** A snapshot of nothing: every read gives the default and says why. Exposes nothing. */
export class UnavailableSnapshot implements ClientSnapshot {
  readonly context: EvaluationContext;
  readonly version = '';
  private readonly why: Unavailable;

  constructor(context: EvaluationContext, why: Unavailable) {
    this.context = context;
    this.why = why;
  }

  get<T>(_key: string, defaultValue: T): FlagType<string, T> {
    return defaultValue as FlagType<string, T>;
  }

  details<T>(flagKey: string, defaultValue: T): EvaluationDetails<T> {
    const { errorCode, errorMessage } = this.why;
    const reason = 'ERROR';
    return { flagKey, value: defaultValue, reason, errorCode, errorMessage, flagMetadata: {} };
  }

  all(): ReadonlyMap<string, Resolution> {
    return NO_FLAGS;
  }

  explain(flagKey: string): ClientExplanation {
    const { source, errorCode, errorMessage } = this.why;
    const resolution = errorResolution(errorCode, errorMessage);
    return { flagKey, resolution, steps: [], source, version: this.version, ageMs: undefined };
  }

  expose(): void {}
}
