import type { ExposureExecutor } from '@halyard/core';
import { background } from '@halyard/server';
import { after } from 'next/server.js';
import { processSlot } from '../process/process-slot.ts';

/**
 * Sends exposures after the response, through Next's `after()`: the visitor never waits, and Next
 * finishes them before it exits. Outside of a request, where `after()` does not exist, they are sent
 * in the background. A task that takes long does not keep the process alive once that is told to end.
 */
export function afterResponse(): ExposureExecutor {
  const outside = background();
  return {
    submit(task) {
      try {
        after(() => processSlot().ending.hold(task()));
      } catch {
        // Not within a request (a timer, a script, instrumentation), or a host without waitUntil.
        return outside.submit(task);
      }
    },
    drain: async () => outside.drain?.(),
  };
}
