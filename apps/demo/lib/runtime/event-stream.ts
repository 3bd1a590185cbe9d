import { flags } from '../flags.ts';
import type { Frame } from './frame.ts';
import { Recorder } from './recorder.ts';

/** Pages that may watch at once; each further one is told to come back. */
const MOST_LISTENERS = 20;
/** Frames a slow page may have waiting; while there are more, newer ones are left out. */
const MOST_WAITING = 8;

const SLOT = Symbol.for('lookout-supply.recorder');
type Slotted = typeof globalThis & { [SLOT]?: Recorder };

function recorder(): Recorder {
  const scope: Slotted = globalThis;
  scope[SLOT] ??= new Recorder(flags.client);
  return scope[SLOT];
}

/** Streams what the runtime does as server-sent events, until the page is left or the server stops. */
export function runtimeEvents(signal: AbortSignal): Response {
  if (recorder().audience >= MOST_LISTENERS) {
    return new Response('too many are watching', { status: 503, headers: { 'retry-after': '5' } });
  }
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const encoder = new TextEncoder();
        const leave = recorder().listen((frame) => {
          if ((controller.desiredSize ?? 0) > 0)
            controller.enqueue(encoder.encode(printEvent(frame)));
        });
        // An open stream would hold up a server that waits for its requests to finish.
        const close = () => {
          end();
          controller.close();
        };
        end = () => {
          end = () => {};
          leave();
          process.off('SIGTERM', close);
          process.off('SIGINT', close);
          signal.removeEventListener('abort', close);
        };
        process.once('SIGTERM', close);
        process.once('SIGINT', close);
        signal.addEventListener('abort', close, { once: true });
      },
      cancel: () => end(),
    },
    { highWaterMark: MOST_WAITING },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Else the page would reconnect over the same socket while the server waits for it to fall idle.
      connection: 'close',
    },
  });
}

function printEvent(frame: Frame): string {
  return `data: ${JSON.stringify(frame)}\n\n`;
}
