import { parseRetryAfter } from './transport/retry.ts';

/**
 * Whether an error says that nothing but a correction can help, by `permanent: true`. Never throws,
 * whatever was thrown.
 */
export function isPermanent(thrown: unknown): boolean {
  return fieldOf(thrown, 'permanent') === true;
}

/**
 * Milliseconds from `now` that an error asks us to wait, by `retryAfter` as in the HTTP header: seconds
 * or a date. Never throws.
 */
export function askedPause(thrown: unknown, now: number): number {
  const retryAfter = fieldOf(thrown, 'retryAfter');
  return typeof retryAfter === 'string' ? (parseRetryAfter(retryAfter, now) ?? 0) : 0;
}

function fieldOf(thrown: unknown, field: string): unknown {
  try {
    return (thrown as Record<string, unknown> | null | undefined)?.[field];
  } catch {
    // A hostile value may throw when it is read, and then says nothing.
    return undefined;
  }
}
