'use server';

import { cookies } from 'next/headers';
import { BAG_COOKIE, parseBag } from '../lib/bag.ts';
import { DEFAULT_DISCOUNT } from '../lib/flag-defaults.ts';
import { flags } from '../lib/flags.ts';
import { priceBag, totalOf } from '../lib/pricing.ts';

/** What was ordered, and what the action read to charge for it. */
export interface Receipt {
  readonly cents: number;
  readonly things: number;
  readonly discountPercent: number;
  readonly isExpress: boolean;
}

/** Orders what is in the bag, at the price that the flags give now, and empties it. */
export async function placeOrder(): Promise<Receipt> {
  const jar = await cookies();
  const [discountPercent, isExpress] = await Promise.all([
    flags.get('discount-percent', DEFAULT_DISCOUNT),
    flags.get('express-checkout', false),
  ]);
  const lines = priceBag(parseBag(jar.get(BAG_COOKIE)?.value), discountPercent);
  jar.delete(BAG_COOKIE);
  return {
    cents: totalOf(lines),
    things: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    discountPercent,
    isExpress,
  };
}
