import type { Logger } from '@halyard/server';
import { processSlot } from './process-slot.ts';

/** Enough to tell an operator what is wrong; error messages may contain ids and never repeat. */
const MAX_WARNINGS = 100;

/** Warns about something once per process. */
export function warnOnce(logger: Logger, message: string): void {
  const { warned } = processSlot();
  if (warned.has(message) || warned.size >= MAX_WARNINGS) return;
  warned.add(message);
  try {
    logger.warn(`[halyard] [next] ${message}`);
  } catch {
    // A logger that throws must not take the request with it, and there is nobody else to tell.
  }
}
