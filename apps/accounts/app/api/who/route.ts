import { flags } from '../../../lib/flags.ts';

/** Says what the visitor is bucketed by. */
export async function GET(): Promise<Response> {
  return Response.json({ bucket: await flags.get('bucket', 'default') });
}

/** Says so, too, and how much of the body arrived, which is read bit by bit after the flag. */
export async function POST(request: Request): Promise<Response> {
  const bucket = await flags.get('bucket', 'default');
  let bytes = 0;
  let sum = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    for (const byte of chunk) sum = (sum + byte) % 65_536;
  }
  return Response.json({ bucket, bytes, sum });
}
