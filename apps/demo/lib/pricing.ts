import type { Bag } from './bag.ts';
import { PRODUCTS, type Product } from './catalog.ts';

/** What a product costs after the discount, in cents. */
export function discounted(cents: number, discountPercent: number): number {
  return Math.round((cents * (100 - discountPercent)) / 100);
}

/** One product of a bag, priced. */
export interface BagLine {
  readonly product: Product;
  readonly quantity: number;
  readonly cents: number;
}

/** The bag, line by line, in the order of the shelves. */
export function priceBag(bag: Bag, discountPercent: number): readonly BagLine[] {
  return PRODUCTS.flatMap((product) => {
    const quantity = bag.get(product.slug);
    if (quantity === undefined) return [];
    return [{ product, quantity, cents: discounted(product.cents, discountPercent) * quantity }];
  });
}

/** What the lines cost together, in cents. */
export function totalOf(lines: readonly BagLine[]): number {
  return lines.reduce((sum, line) => sum + line.cents, 0);
}

const EUROS = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** Writes cents as euros. */
export function printMoney(cents: number): string {
  return EUROS.format(cents / 100);
}
