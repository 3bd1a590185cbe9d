'use client';

import { useFlagValue } from '@halyard/react';
import useSWR from 'swr';
import type { ProductSlug } from '../../lib/catalog.ts';
import { DEFAULT_DISCOUNT } from '../../lib/flag-defaults.ts';

/** What the price route answers. */
export interface PriceQuote {
  readonly slug: ProductSlug;
  readonly cents: number;
  readonly discountPercent: number;
}

/** Asks the price route, again whenever the discount changes. Components that ask alike share one request. */
export function useQuote(slug: ProductSlug): { quote?: PriceQuote; askAgain: () => void } {
  const discount = useFlagValue('discount-percent', DEFAULT_DISCOUNT);
  const { data, mutate } = useSWR(['price', slug, discount], () => fetchQuote(slug), {
    keepPreviousData: true,
    revalidateOnFocus: false,
  });
  return { quote: data, askAgain: () => mutate() };
}

async function fetchQuote(slug: ProductSlug): Promise<PriceQuote> {
  const response = await fetch(`/api/price?item=${slug}`);
  if (!response.ok) throw new Error(`GET /api/price answered ${response.status}`);
  return response.json() as Promise<PriceQuote>;
}
