'use server';

import { badge } from '../lib/badge.ts';

/** Says whom the flags are for, as an action reads them. */
export async function badgeInAction(): Promise<string> {
  return await badge();
}
