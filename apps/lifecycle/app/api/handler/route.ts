import type { NextRequest } from 'next/server';
import { flags } from '../../../lib/flags.ts';
import { pause } from '../../../lib/pause.ts';

export async function GET(request: NextRequest): Promise<Response> {
  const value = await flags.get('handler', false);
  await pause(request.nextUrl.searchParams.get('pause'));
  return Response.json({ value });
}
