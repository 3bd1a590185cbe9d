import type { FlagsBootstrap } from '@halyard/core';
import type { FlagStore, FlagsState } from '@halyard/react';
import type { FlagValues } from '../web/index.ts';

/** A FlagsProvider's store, and how its page counts exposures. */
export interface MountedTree {
  readonly store: FlagStore;
  readonly expose: (flagKey: string) => void;
}

/**
 * The values of the tree that is on the page. A domain's provider outlives the trees it serves: a
 * navigation can mount another FlagsProvider, with a store of its own.
 */
export class PageValues implements FlagValues {
  private store: FlagStore;
  private mounted: MountedTree | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(store: FlagStore) {
    this.store = store;
  }

  get live(): FlagsState | undefined {
    return this.store.live;
  }

  update(bootstrap: FlagsBootstrap): boolean {
    return this.store.update(bootstrap);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Counts a flag as shown, as the mounted tree does. Before one is mounted, nothing is shown. */
  expose(flagKey: string): void {
    this.mounted?.expose(flagKey);
  }

  /**
   * Reads from this store from now on, and tells nobody: a tree that is about to be mounted needs its
   * values on its first render, when React allows no update of other components.
   */
  show(store: FlagStore): void {
    this.store = store;
  }

  /** Follows a tree that was mounted; returns what ends that. */
  connect(tree: MountedTree): () => void {
    this.show(tree.store);
    this.mounted = tree;
    const unsubscribe = tree.store.subscribe(() => this.notify());
    this.notify();
    return () => {
      unsubscribe();
      if (this.mounted === tree) this.mounted = undefined;
    };
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
