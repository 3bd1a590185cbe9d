import type { ErrorCode } from '@halyard/core';
import { type BootstrapFlag, decodeBootstrap, type FlagsBootstrap } from '@halyard/core/bootstrap';

/** What a provider takes: the visitor's map, or a promise of it. */
export type FlagsInput = FlagsBootstrap | PromiseLike<FlagsBootstrap>;

/** Why there are no flags to read from. */
export interface FlagsFailure {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
}

/** All flags at one moment. Replaced as a whole, never edited. */
export interface FlagsState {
  /** The version of the definitions behind the values. */
  readonly version: string;
  /** Tells visitors apart, see core's `FlagsBootstrap`. */
  readonly visitor?: string;
  readonly flags: ReadonlyMap<string, BootstrapFlag>;
  /** Set when the map did not arrive, is empty or is none: every flag then reads as its default. */
  readonly failure?: FlagsFailure;
}

/** The flags of one React tree. Made by {@link createFlagStore}. */
export interface FlagStore {
  /** The live values: the same object until something changes; undefined while the first are awaited. */
  readonly live: FlagsState | undefined;
  /** The values the server rendered with, which hydration must repeat. Set once. */
  readonly initial: FlagsState | undefined;
  /** For `use()`, where the first values came as a promise: resolves to them, and never rejects. */
  readonly ready: Promise<FlagsState> | undefined;
  /** A flag's live state: the same object until that flag changes; undefined when unknown. */
  get(key: string): BootstrapFlag | undefined;
  /**
   * Replaces the live values and tells the subscribers. Returns whether anything changed. What is not
   * a map is ignored, and so is a map without version and values, which a server sends when it cannot
   * answer: old values serve better than defaults.
   */
  update(bootstrap: FlagsBootstrap): boolean;
  /**
   * Takes what the provider was given last; a promise counts when it resolves, unless another value
   * was given by then. The same value again does nothing.
   */
  follow(value: FlagsInput): void;
  /** Calls `listener` after each change; returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/**
 * Makes the store of one tree. Pure until subscribed to: safe in a state initialiser that React runs
 * twice or discards.
 */
export function createFlagStore(value: FlagsInput): FlagStore {
  const listeners = new Set<() => void>();
  let initial: FlagsState | undefined;
  let live: FlagsState | undefined;
  let followed = value;

  const notify = () => {
    for (const listener of [...listeners]) listener();
  };
  const apply = (next: FlagsState) => {
    const before = live;
    if (!next.failure) live = before ? successor(before, next) : next;
    if (live === before) return false;
    notify();
    return true;
  };
  const ready = receive(value, (state) => {
    initial = state;
    // An update may have been faster than the promise; it is newer than what the promise brings.
    live ??= state;
    notify();
  });

  return {
    get live() {
      return live;
    },
    get initial() {
      return initial;
    },
    ready,
    get: (key) => live?.flags.get(key),
    update: (bootstrap) => apply(stateOf(bootstrap)),
    follow(next) {
      if (next === followed) return;
      followed = next;
      receive(next, (state) => {
        if (next === followed) apply(state);
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** A promise of the state that never rejects; settled, it has the fields by which `use()` sees that. */
interface Arrival extends Promise<FlagsState> {
  status?: 'fulfilled';
  value?: FlagsState;
}

// React discards a tree that suspends before it was ever shown, its state included, and renders it
// anew. Only a memo by identity gives `use()` the same promise again; any other would loop for ever.
const arrivals = new WeakMap<object, Arrival>();

/** Passes the state on: at once where it is known, else when the promise settles. */
function receive(value: FlagsInput, take: (state: FlagsState) => void): Arrival | undefined {
  if (!('then' in Object(value))) {
    take(stateOf(value as FlagsBootstrap));
    return;
  }
  const known = arrivals.get(value);
  const arrival: Arrival = known ?? Promise.resolve(value).then(stateOf, failed);
  if (!known) {
    arrivals.set(value, arrival);
    // React would only notice while a reader waits. The first one to mount after the flags have come
    // would suspend for a moment, and show a fallback.
    arrival.then((state) => Object.assign(arrival, { status: 'fulfilled', value: state }));
  }
  if (arrival.value) take(arrival.value);
  else arrival.then(take);
  return arrival;
}

/** Unpacks a map that arrived over the wire, so nothing about its shape is certain. */
function stateOf(bootstrap: FlagsBootstrap): FlagsState {
  try {
    const flags = decodeBootstrap(bootstrap);
    const { version, visitor } = bootstrap;
    // Neither: how a server says that it has no definitions, or does not know the visitor, right now.
    return version || flags.size
      ? { version, visitor, flags }
      : failed({ message: 'not sent' }, 'PROVIDER_NOT_READY');
  } catch {
    return failed({ message: 'no map' });
  }
}

function failed(
  error: Pick<Error, 'message'> | undefined,
  errorCode: ErrorCode = 'GENERAL',
): FlagsState {
  const errorMessage = `the flags did not load: ${error?.message}`;
  return { version: '', flags: new Map(), failure: { errorCode, errorMessage } };
}

/** The next state, with the objects of the flags that did not change; the old one when none did. */
function successor(before: FlagsState, next: FlagsState): FlagsState {
  // Another visitor has been shown nothing yet, even where the values are the same.
  const isAnother = before.visitor !== next.visitor;
  let changed = isAnother || before.flags.size !== next.flags.size;
  const flags = new Map(next.flags);
  for (const [key, flag] of flags) {
    const old = before.flags.get(key);
    if (isAnother || JSON.stringify(old) !== JSON.stringify(flag)) changed = true;
    else flags.set(key, old as BootstrapFlag);
  }
  if (!changed && before.version === next.version) return before;
  return { ...next, flags: changed ? flags : before.flags };
}
