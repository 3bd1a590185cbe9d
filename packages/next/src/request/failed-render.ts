import type { ServerResponse } from 'node:http';

/**
 * How a page that is being streamed says that a server component has thrown; a redirect and "not found"
 * are thrown too. It stands within a string of a script, where an application's own text has its
 * quotation marks escaped twice. That Next still writes it so is what `apps/modes` tests.
 */
const FAILURE = 'E{\\"digest\\":';

/** What stands between two parts of that text when it is written in several scripts. */
const SEAM = /"\]\)<\/script><script[^>]{0,100}>self\.__next_f\.push\(\[1,"/g;

/** As much of what was written as the beginning of a failure may be in, with one seam. */
const TAIL = 300;

/**
 * Calls `onFailure` when the page that a response streams says that a server component has thrown. By
 * then the status has been sent, and nothing else tells. What is written is looked at as it passes, so
 * this must begin after whatever compresses it has been put in place, and before the page is written:
 * the first read of a flag is the moment.
 */
export function watchForFailure(response: ServerResponse, onFailure: () => void): void {
  let tail = '';
  const look = (chunk: unknown) => {
    const text = tail + textOf(chunk);
    if (text.replace(SEAM, '').includes(FAILURE)) onFailure();
    tail = text.slice(-TAIL);
  };
  const { write, end } = response;
  response.write = ((...args: Parameters<typeof write>) => {
    look(args[0]);
    return write.apply(response, args);
  }) as typeof write;
  response.end = ((...args: Parameters<typeof end>) => {
    look(args[0]);
    return end.apply(response, args);
  }) as typeof end;
}

/** One character per byte is all that looking for ASCII takes, and it is quickly made. */
function textOf(chunk: unknown): string {
  if (typeof chunk === 'string') return chunk;
  if (!(chunk instanceof Uint8Array)) return '';
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
}
