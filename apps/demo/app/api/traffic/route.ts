import { flags } from '../../../lib/flags.ts';
import { simulateVisitors } from '../../../lib/runtime/traffic.ts';

/** Sends `?visitors=` made-up visitors past the shop, so that the runtime page has something to show. */
export function POST(request: Request): Response {
  const visitors = Number(new URL(request.url).searchParams.get('visitors'));
  simulateVisitors(flags.client, Number.isInteger(visitors) ? visitors : 1);
  return new Response(null, { status: 204 });
}
