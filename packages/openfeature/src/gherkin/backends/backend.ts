import type { FlagSource } from '@halyard/core';
import type { Reply } from '@halyard/testing';
import type { Skip } from '../skips.ts';
import type { Attributes } from '../world.ts';

/** A backend that serves the specification's flags over real HTTP. */
export interface RunningBackend {
  /** Evaluated here, from what the backend serves. */
  readonly source: FlagSource;
  /** Answers every request for definitions with this, from now on. */
  fail(reply: Reply): void;
  /** Resolves once definitions have been asked for. */
  asked(): Promise<unknown>;
  close(): Promise<void>;
}

/** A backend as the features see it. */
export interface SpecBackend {
  readonly name: string;
  /** Starts it with the specification's flags in its own format. */
  start(): Promise<RunningBackend>;
  /** The context that an application of this backend makes of what it knows of a visitor. */
  contextOf(attributes: Attributes): Attributes;
  /** How the backend says a reason of the specification's, for a flag that has this value. */
  reasonOf(reason: string, value: unknown): string;
  /** Where that is another word, in words to be printed. */
  readonly reasons: readonly string[];
  /** What the backend cannot express. */
  readonly skips: readonly Skip[];
}

/** Whom the flags are for, where a backend has to know. The features are about nobody in particular. */
export const SOMEBODY = 'somebody';

/** The scenarios about metadata that only an application could have chosen. Browsers are sent none. */
export function ownMetadata(reason: string): readonly Skip[] {
  return ['Flag metadata in evaluation details', 'Returns metadata', 'Returns no metadata'].map(
    (scenario) => ({ scenario, side: 'server', reason }),
  );
}
