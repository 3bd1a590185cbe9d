import { unstable_cache } from 'next/cache';
import { flags } from '../../../lib/flags.ts';

/** Reads a flag where it must not be read, in the way of before `'use cache'`. */
const value = unstable_cache(async () => String(await flags.get('cached', false)), ['cached']);

export async function GET(): Promise<Response> {
  return new Response(await value());
}
