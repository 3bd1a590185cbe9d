import { setTimeout as pause } from 'node:timers/promises';
import { badge } from '../../../lib/badge.ts';

/** Says whom the flags are for, at once and after other requests have come and gone. */
export async function GET(): Promise<Response> {
  const before = await badge();
  await pause(50);
  return Response.json({ before, after: await badge() });
}
