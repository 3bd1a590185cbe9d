/** More values than this in one property are not looked at: a bound against lists made to be long. */
const MAX_VALUES = 100_000;
const MAX_DEPTH = 500;

/**
 * A copy of a property's value as rules see it: every text and every key in lower case, dates as ISO 8601
 * texts. Of keys that become one, the later wins.
 *
 * @throws RangeError when it holds more than 100,000 values or is nested deeper than 500.
 */
export function foldProperty(value: unknown): unknown {
  return new Folding(true).fold(value, 0);
}

/**
 * A copy of a rule's data with every text in lower case; keys stay as they are.
 *
 * @throws RangeError when it holds more than 100,000 values or is nested deeper than 500.
 */
export function foldData(value: unknown): unknown {
  return new Folding(false).fold(value, 0);
}

/** One copy, and how much of it there is. */
class Folding {
  private readonly foldsKeys: boolean;
  private count = 0;

  constructor(foldsKeys: boolean) {
    this.foldsKeys = foldsKeys;
  }

  fold(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return value.toLowerCase();
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MAX_DEPTH) throw new RangeError(`a value is nested deeper than ${MAX_DEPTH}`);
    if (Array.isArray(value)) return this.foldList(value, depth);
    return this.foldsKeys && value instanceof Date
      ? dateText(value)
      : this.foldObject(value, depth);
  }

  private foldList(list: readonly unknown[], depth: number): unknown[] {
    this.spend(list.length);
    const copy: unknown[] = [];
    for (let i = 0; i < list.length; i++) copy.push(this.fold(list[i], depth + 1));
    return copy;
  }

  private foldObject(value: object, depth: number): object {
    const keys = Object.keys(value);
    this.spend(keys.length);
    const copy: Record<string, unknown> = {};
    for (const key of keys) {
      const item = this.fold((value as Record<string, unknown>)[key], depth + 1);
      setOwn(copy, this.foldsKeys ? key.toLowerCase() : key, item);
    }
    return copy;
  }

  private spend(values: number): void {
    this.count += values;
    if (this.count > MAX_VALUES) {
      throw new RangeError(`a property holds more than ${MAX_VALUES} values`);
    }
  }
}

/** Sets a property that is the object's own whatever its name: assigning `__proto__` would make none. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') {
    target[key] = value;
    return;
  }
  const attributes = { value, enumerable: true, configurable: true, writable: true };
  Object.defineProperty(target, key, attributes);
}

/** As JSON has it, in lower case; null for a date that is none. */
function dateText(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString().toLowerCase();
}
