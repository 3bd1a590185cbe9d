import type { BootstrapFlag } from '@halyard/core/bootstrap';
import type { FlagStore, FlagsState } from '../store.ts';

/** A store whose flags tell when they are asked for, by key, whether or not it has them. */
export function observedStore(store: FlagStore, onRead: (key: string) => void): FlagStore {
  // One observed state per state: readers compare what they get by identity.
  const states = new WeakMap<FlagsState, FlagsState>();
  const observed = (state: FlagsState | undefined) => {
    if (state === undefined) return undefined;
    const known = states.get(state) ?? { ...state, flags: new ObservedFlags(state.flags, onRead) };
    states.set(state, known);
    return known;
  };
  return {
    get live() {
      return observed(store.live);
    },
    get initial() {
      return observed(store.initial);
    },
    ready: store.ready,
    get: (key) => store.get(key),
    update: (bootstrap) => store.update(bootstrap),
    follow: (value) => store.follow(value),
    subscribe: (listener) => store.subscribe(listener),
  };
}

class ObservedFlags extends Map<string, BootstrapFlag> {
  private readonly onRead: (key: string) => void;

  constructor(flags: Iterable<readonly [string, BootstrapFlag]>, onRead: (key: string) => void) {
    super(flags);
    this.onRead = onRead;
  }

  override get(key: string): BootstrapFlag | undefined {
    this.onRead(key);
    return super.get(key);
  }
}
