import { setTimeout as pause } from 'node:timers/promises';
import { currentSubject } from '../../subjects/current.mjs';

/** The badge at once, and after other requests have come and gone. */
export async function GET() {
  const { read } = await currentSubject();
  const before = await read();
  await pause(50);
  return Response.json([before, await read()]);
}
