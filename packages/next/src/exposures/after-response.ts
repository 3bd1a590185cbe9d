import type { ExposureExecutor } from '@halyard/core';
import { after } from 'next/server.js';
import { processSlot } from '../process/process-slot.ts';

/**
 * Sends exposures after the response, through Next's `after()`: the visitor never waits, and Next
 * finishes them before it exits. Outside of a request, where `after()` does not exist, they are sent at
 * once, and nobody waits for that. A task that takes long does not keep the process alive once that is
 * told to end.
 */
export function afterResponse(): ExposureExecutor {
  return {
    submit(task) {
      try {
        after(() => processSlot().ending.hold(task()));
      } catch {
        // Not within a request (a timer, a script, pages/), or a host without waitUntil. At once: a task
        // that waits takes along what is exposed meanwhile, also of requests that Next does wait for.
        return task();
      }
    },
  };
}
