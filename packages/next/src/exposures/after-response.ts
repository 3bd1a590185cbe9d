import type { ExposureExecutor } from '@halyard/core';
import { background } from '@halyard/server';
import { after } from 'next/server.js';

/**
 * Sends exposures after the response, through Next's `after()`: the visitor never waits, and Next
 * finishes them before it exits. Outside of a request, where `after()` does not exist, they are sent
 * in the background. What is sent is bounded by the client's own deadlines; a task that never ended
 * would keep the process alive, since Next waits for it without limit.
 */
export function afterResponse(): ExposureExecutor {
  const outside = background();
  return {
    submit(task) {
      try {
        after(task);
      } catch {
        // Not within a request (a timer, a script, instrumentation), or a host without waitUntil.
        return outside.submit(task);
      }
    },
    drain: async () => outside.drain?.(),
  };
}
