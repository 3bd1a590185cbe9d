import { runtimeEvents } from '../../../lib/runtime/event-stream.ts';

/** What the runtime knows and does, live. */
export function GET(request: Request): Response {
  return runtimeEvents(request.signal);
}
