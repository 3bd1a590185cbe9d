import { errorResolution, messageOf } from '@halyard/core';
import type { State } from './feature-state.ts';
import { MalformedState } from './model.ts';
import type { Outcome } from './outcome.ts';

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
  readonly constant: Outcome;

  constructor(name: string, { path, message }: StateProblem) {
    const place = path === '' ? '' : `${path}: `;
    this.constant = {
      result: { name, enabled: false, value: null, reason: 'DEFAULT', variant: null },
      resolution: Object.freeze(
        errorResolution('PARSE_ERROR', `flag "${name}": ${place}${message}`),
      ),
    };
  }

  get anonymous(): Outcome {
    return this.constant;
  }

  outcome(): Outcome {
    return this.constant;
  }

  bucket(): undefined {
    return undefined;
  }
}
