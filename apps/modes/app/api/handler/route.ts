import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { flags } from '../../../lib/flags.ts';
import { pause } from '../../../lib/pause.ts';

/** Reads a flag, and answers as `?as=` says. */
export async function GET(request: NextRequest): Promise<Response> {
  const value = await flags.get('handler', false);
  switch (request.nextUrl.searchParams.get('as')) {
    case 'refusal':
      return Response.json({ value }, { status: 422 });
    case 'failure':
      throw new Error('this handler always fails');
    case 'redirect':
      return redirect('/');
    case 'slow':
      return new Response(inTwoParts('part\n'));
    case 'events':
      return new Response(inTwoParts('data: part\n\n'), {
        headers: { 'content-type': 'text/event-stream' },
      });
    default:
      return Response.json({ value });
  }
}

function inTwoParts(part: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(part);
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes);
      await pause(2000);
      try {
        controller.enqueue(bytes);
        controller.close();
      } catch {
        // Nobody listens any more, which is what some tests do.
      }
    },
  });
}
