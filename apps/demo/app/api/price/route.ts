import { productOf } from '../../../lib/catalog.ts';
import { DEFAULT_DISCOUNT } from '../../../lib/flag-defaults.ts';
import { flags } from '../../../lib/flags.ts';
import { discounted } from '../../../lib/pricing.ts';

/** Quotes `?item=` for this visitor. */
export async function GET(request: Request): Promise<Response> {
  const product = productOf(new URL(request.url).searchParams.get('item'));
  if (product === undefined) return Response.json({ error: 'no such product' }, { status: 404 });
  const discountPercent = await flags.get('discount-percent', DEFAULT_DISCOUNT);
  const cents = discounted(product.cents, discountPercent);
  return Response.json(
    { slug: product.slug, cents, discountPercent },
    { headers: { 'cache-control': 'private, no-store' } },
  );
}
