import { foldProperty, setOwn } from './folding.ts';
import type { PropertyNames } from './property-names.ts';

/**
 * A visitor's custom properties as rules see them, in lower case. Nothing is copied in advance: a property
 * is looked at when a rule reads it, and lists and objects are copied once, so that they are the same
 * thing wherever a rule comes upon them.
 */
export class Properties {
  private readonly given: Readonly<Record<string, unknown>>;
  private readonly names: PropertyNames;
  private copies: Map<string, unknown> | undefined = undefined;
  private all: object | undefined = undefined;

  /** `names`: those of `given`. */
  constructor(given: object, names: PropertyNames) {
    this.given = given as Readonly<Record<string, unknown>>;
    this.names = names;
  }

  /** Whether there is a property of that name, which is in lower case. */
  has(name: string): boolean {
    return this.names.given(name) !== undefined;
  }

  /**
   * A property by its name in lower case; undefined when there is none.
   *
   * @throws RangeError when it is too large or too deep; and what reading it throws.
   */
  get(name: string): unknown {
    const key = this.names.given(name);
    if (key === undefined) return undefined;
    const value = this.given[key];
    if (typeof value === 'string') return value.toLowerCase();
    return typeof value === 'object' && value !== null ? this.copyOf(name, value) : value;
  }

  /** All properties as one object. Throws what {@link get} throws. */
  get whole(): object {
    if (this.all !== undefined) return this.all;
    const all: Record<string, unknown> = {};
    for (const name of this.names.folded) setOwn(all, name, this.get(name));
    this.all = all;
    return all;
  }

  private copyOf(name: string, value: object): unknown {
    const known = this.copies?.get(name);
    if (known !== undefined) return known;
    const copy = foldProperty(value);
    this.copies ??= new Map();
    this.copies.set(name, copy);
    return copy;
  }
}
