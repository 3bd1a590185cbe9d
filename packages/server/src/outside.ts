import { AsyncLocalStorage } from 'node:async_hooks';

/** Runs a function outside of whatever request its caller is in. */
export type Outside = <R>(run: () => R) => R;

/**
 * Bound to the async context of its creation. Background work that a read sets off runs there: it must
 * keep no request's data alive, and a framework must not take its clock readings for those of a page.
 */
export function createOutside(): Outside {
  return AsyncLocalStorage.snapshot();
}
