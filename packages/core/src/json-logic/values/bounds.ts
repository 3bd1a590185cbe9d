/**
 * No list longer than this is walked or built. A bound against lists made to be long (a sparse array of
 * four billion holes, a proxy, an object that claims a length): rules meet lists of tens of items.
 */
const MAX_ITEMS = 1 << 20;

/** A number of items, unless there are too many. */
export function boundedCount(count: number): number {
  if (count > MAX_ITEMS) throw new RangeError(`a list has more than ${MAX_ITEMS} items`);
  return count;
}

/** A list, unless it is too long. */
export function bounded<Items extends readonly unknown[]>(list: Items): Items {
  boundedCount(list.length);
  return list;
}

/** What an expression gave, as a list of arguments: a list itself, anything else alone in one. */
export function argumentList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? bounded(value) : [value];
}
