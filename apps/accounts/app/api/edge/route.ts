import { isHalyardError } from '@halyard/core';
import { cookies } from 'next/headers';
import { flags } from '../../../lib/flags.ts';

export const runtime = 'edge';

/** Reads a flag where flags cannot be read, and says what it was told. */
export async function GET(): Promise<Response> {
  const visitor = (await cookies()).get('halyard-visitor')?.value;
  try {
    return Response.json({ visitor, bucket: await flags.get('bucket', 'default') });
  } catch (error) {
    if (!isHalyardError(error)) throw error;
    return Response.json({ visitor, error: error.message }, { status: 500 });
  }
}
