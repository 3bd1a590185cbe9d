import { errorResolution, messageOf, type Resolution } from '@halyard/core';
import type { FlagsmithFlagResult } from '../wire/evaluation-context.ts';
import type { State } from './feature-state.ts';
import { MalformedState } from './model.ts';

/** Where and why a state cannot be understood. */
export interface StateProblem {
  readonly path: string;
  readonly message: string;
}

/** What reading a state has thrown, as a problem. */
export function problemOf(thrown: unknown): StateProblem {
  const path = thrown instanceof MalformedState ? thrown.path : '';
  return { path, message: messageOf(thrown) };
}

/** Stands in for a state that cannot be understood: everybody gets an error. */
export class UnreadableState implements State {
  readonly priority = Number.POSITIVE_INFINITY;
  readonly constant: Resolution;
  readonly outcomes: readonly Resolution[] = [];
  private readonly name: string;

  constructor(name: string, { path, message }: StateProblem) {
    const place = path === '' ? '' : `${path}: `;
    this.name = name;
    this.constant = Object.freeze(
      errorResolution('PARSE_ERROR', `flag "${name}": ${place}${message}`),
    );
  }

  get anonymous(): Resolution {
    return this.constant;
  }

  outcome(): Resolution {
    return this.constant;
  }

  /** The engine has no word for errors. */
  result(): FlagsmithFlagResult {
    return { name: this.name, enabled: false, value: null, reason: 'DEFAULT', variant: null };
  }

  bucket(): undefined {
    return undefined;
  }
}
