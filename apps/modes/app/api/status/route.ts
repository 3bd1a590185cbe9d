import { connection } from 'next/server';
import { flags } from '../../../lib/flags.ts';
import { reads } from '../../../lib/reads.ts';

/** For the tests: how often flags were read, and where exposures are. */
export async function GET(): Promise<Response> {
  await connection();
  const { exposures } = flags.client.status();
  return Response.json({ reads: Object.fromEntries(reads()), exposures });
}
