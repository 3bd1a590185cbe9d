/** What went wrong, for code that must tell cases apart. Match on `code`, not on the class. */
export type HalyardErrorCode =
  /** An option given at creation is missing or wrong. */
  | 'INVALID_OPTION'
  /** An evaluation context is not one, or holds what the backend cannot take. */
  | 'INVALID_CONTEXT'
  /** An evaluation context does not say whose it is, and nothing can be said without it. */
  | 'TARGETING_KEY_MISSING'
  /** Definitions could not be read or understood. */
  | 'INVALID_DEFINITIONS'
  /** A backend or sink answered with an error, or not at all. */
  | 'REQUEST_FAILED'
  /** Something took longer than its deadline. */
  | 'DEADLINE_EXCEEDED'
  /** The client was closed. */
  | 'CLOSED';

const BRAND = Symbol.for('halyard.error');

/**
 * Every error Halyard throws or reports. The message reads
 * `[halyard] [part] what happened. What to do.` and never contains a credential.
 */
export class HalyardError extends Error {
  override readonly name = 'HalyardError';
  readonly code: HalyardErrorCode;
  /** The part that failed: a package, a backend, an option group. */
  readonly part: string;

  constructor(part: string, code: HalyardErrorCode, message: string, options?: ErrorOptions) {
    super(`[halyard] [${part}] ${message}`, options);
    this.part = part;
    this.code = code;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Recognises a {@link HalyardError}, also one made by another copy of this module. Never throws. */
export function isHalyardError(error: unknown): error is HalyardError {
  try {
    return typeof error === 'object' && error !== null && BRAND in error;
  } catch {
    // A hostile proxy may throw from its own trap; no error of ours does.
    return false;
  }
}

/**
 * The message of anything that was thrown, or its name where it has none. Never throws, whatever the
 * value does when read.
 */
export function messageOf(thrown: unknown): string {
  try {
    // Not `instanceof`: errors of other realms (vm contexts, frames) have messages too.
    const message = (thrown as { readonly message?: unknown } | null | undefined)?.message;
    return typeof message === 'string' && message !== '' ? message : String(thrown);
  } catch {
    // A hostile value may throw from its own toString; that it threw is all there is to say.
    return 'unprintable error';
  }
}
