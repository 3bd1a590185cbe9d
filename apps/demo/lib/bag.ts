import { PRODUCTS } from './catalog.ts';

/** Holds the bag: `slug.quantity` pairs joined by `~`. */
export const BAG_COOKIE = 'bag';

const MAX_QUANTITY = 20;

/** How many of each product, by slug. */
export type Bag = ReadonlyMap<string, number>;

/** Reads the cookie. What is not a product of the shop is left out. */
export function parseBag(cookie: string | undefined): Bag {
  const bag = new Map<string, number>();
  for (const entry of cookie?.split('~') ?? []) {
    const [slug = '', quantity] = entry.split('.');
    const count = Number(quantity);
    if (!PRODUCTS.some((product) => product.slug === slug)) continue;
    if (Number.isInteger(count) && count > 0) bag.set(slug, Math.min(count, MAX_QUANTITY));
  }
  return bag;
}

/** Writes the cookie. */
export function printBag(bag: Bag): string {
  return [...bag].map(([slug, quantity]) => `${slug}.${quantity}`).join('~');
}

/** The bag with `quantity` of a product; none takes it out. */
export function withQuantity(bag: Bag, slug: string, quantity: number): Bag {
  const next = new Map(bag);
  if (quantity > 0) next.set(slug, Math.min(quantity, MAX_QUANTITY));
  else next.delete(slug);
  return next;
}

/** How many things are in the bag. */
export function itemCount(bag: Bag): number {
  return [...bag.values()].reduce((sum, quantity) => sum + quantity, 0);
}
