'use server';

import { cookies } from 'next/headers';
import { BAG_COOKIE, parseBag, printBag, withQuantity } from '../lib/bag.ts';
import { productOf } from '../lib/catalog.ts';
import { DEFAULT_DISCOUNT } from '../lib/flag-defaults.ts';
import { flags } from '../lib/flags.ts';

/** What the action did, and what it read to do it. */
export interface BagReport {
  readonly message: string;
  readonly discountPercent: number;
  readonly isExpress: boolean;
}

/** Puts one more of the form's product into the bag. */
export async function addToBag(_: BagReport | undefined, form: FormData): Promise<BagReport> {
  const product = productOf(String(form.get('slug')));
  const jar = await cookies();
  const bag = parseBag(jar.get(BAG_COOKIE)?.value);
  if (product !== undefined) {
    const quantity = (bag.get(product.slug) ?? 0) + 1;
    jar.set(BAG_COOKIE, printBag(withQuantity(bag, product.slug, quantity)), {
      httpOnly: true,
      sameSite: 'lax',
    });
  }
  // Read after the change: what is in the bag may decide what it costs.
  const [discountPercent, isExpress] = await Promise.all([
    flags.get('discount-percent', DEFAULT_DISCOUNT),
    flags.get('express-checkout', false),
  ]);
  const message = product === undefined ? 'We do not sell that.' : `${product.name} is in the bag.`;
  return { message, discountPercent, isExpress };
}

/** Sets how many of the form's product are in the bag. */
export async function changeQuantity(form: FormData): Promise<void> {
  const jar = await cookies();
  const bag = parseBag(jar.get(BAG_COOKIE)?.value);
  const next = withQuantity(bag, String(form.get('slug')), Number(form.get('quantity')) || 0);
  jar.set(BAG_COOKIE, printBag(next), { httpOnly: true, sameSite: 'lax' });
}

/** Reads the flag as any action would, for the logbook. */
export async function readInAction(): Promise<number> {
  return flags.get('discount-percent', DEFAULT_DISCOUNT);
}
