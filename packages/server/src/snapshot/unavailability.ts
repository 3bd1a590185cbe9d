import { type ErrorCode, type HalyardError, isHalyardError, messageOf } from '@halyard/core';

/** Why there is nothing to read. */
export interface Unavailability {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
}

/** OpenFeature's providers go back to not ready when they are shut down. */
export const CLOSED: Unavailability = {
  errorCode: 'PROVIDER_NOT_READY',
  errorMessage: 'the client is closed. Create another one to read flags.',
};

/** A snapshot was asked for at once of a source that has to ask its backend. */
export const NOT_LOADED: Unavailability = {
  errorCode: 'PROVIDER_NOT_READY',
  errorMessage: 'the backend evaluates these flags. Use `await client.load(context)`.',
};

/** There are no definitions yet, perhaps because of the last error. */
export function noDefinitions(lastError: HalyardError | undefined): Unavailability {
  const because = lastError === undefined ? '.' : `: ${lastError.message}`;
  return {
    errorCode: 'PROVIDER_NOT_READY',
    errorMessage: `there are no flag definitions yet${because}`,
  };
}

/** The evaluation context is none. */
export function notAContext(context: unknown): Unavailability {
  const errorMessage = `the evaluation context must be an object, but is a ${typeof context}.`;
  return { errorCode: 'INVALID_CONTEXT', errorMessage };
}

/** The backend cannot be asked about this context. */
export function unsendableContext(thrown: unknown): Unavailability {
  const errorMessage = `the evaluation context cannot be sent: ${messageOf(thrown)}`;
  const isNobodys = isHalyardError(thrown) && thrown.code === 'TARGETING_KEY_MISSING';
  return { errorCode: isNobodys ? 'TARGETING_KEY_MISSING' : 'INVALID_CONTEXT', errorMessage };
}

/** The backend was asked in vain. */
export function notEvaluated({ message }: HalyardError): Unavailability {
  return { errorCode: 'GENERAL', errorMessage: `the backend did not evaluate: ${message}` };
}
