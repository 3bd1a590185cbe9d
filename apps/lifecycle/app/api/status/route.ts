import { connection } from 'next/server';
import { flags } from '../../../lib/flags.ts';

/** For the tests: where exposures are. */
export async function GET(): Promise<Response> {
  await connection();
  return Response.json(flags.client.status().exposures);
}
