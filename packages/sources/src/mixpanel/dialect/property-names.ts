/** An object's own keys, by what they are in lower case; of those that become one, the last. */
export class PropertyNames {
  private readonly keys: readonly string[];
  private readonly byName = new Map<string, string>();

  constructor(keys: readonly string[]) {
    this.keys = keys;
    for (const key of keys) this.byName.set(key.toLowerCase(), key);
  }

  /** The names in lower case. */
  get folded(): Iterable<string> {
    return this.byName.keys();
  }

  /** The key as it was given; undefined when there is none of that name. */
  given(name: string): string | undefined {
    return this.byName.get(name);
  }

  /** Whether these are the names of such keys, in this order. */
  areOf(keys: readonly string[]): boolean {
    const own = this.keys;
    if (own.length !== keys.length) return false;
    for (let i = 0; i < keys.length; i++) if (own[i] !== keys[i]) return false;
    return true;
  }
}

/** How many sets of names are kept, and of how many names at most. */
const MAX_KEPT = 8;
const MAX_NAMES = 100;

/**
 * The names of the properties that visitors have. An application gives all of them the same properties, or
 * one of a few sets, so the sets that came last are kept.
 */
export class KnownNames {
  private readonly kept: PropertyNames[] = [];
  private next = 0;

  namesOf(given: object): PropertyNames {
    const keys = Object.keys(given);
    const { kept } = this;
    for (let i = 0; i < kept.length; i++) {
      const names = kept[i] as PropertyNames;
      if (names.areOf(keys)) return names;
    }
    const names = new PropertyNames(keys);
    if (keys.length <= MAX_NAMES) {
      kept[this.next] = names;
      this.next = (this.next + 1) % MAX_KEPT;
    }
    return names;
  }
}
