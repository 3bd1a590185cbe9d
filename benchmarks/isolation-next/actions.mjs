'use server';

import { currentSubject } from './subjects/current.mjs';

/** The badge as a server action reads it. */
export async function badgeInAction() {
  const { read } = await currentSubject();
  return read();
}
