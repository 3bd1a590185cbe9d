import { messageOf } from '@halyard/core';
import type { Logger } from './options.ts';

/** Distinct messages remembered per topic; beyond them a topic is silent until it is settled. */
const MAX_DISTINCT = 20;

/** The logger, guarded: it may throw, and it hears about a lasting trouble once, not at each try. */
export class Warnings {
  private readonly logger: Logger;
  private readonly given = new Map<string, Set<string>>();

  constructor(logger: Logger) {
    this.logger = logger;
  }

  warn(message: string): void {
    try {
      this.logger.warn(message);
    } catch {
      // A logger that fails has nobody to report to, and must not take a read or a refresh with it.
    }
  }

  /** Gives each distinct message of a topic once, until the topic is settled. */
  once(topic: string, message: string): void {
    const given = this.given.get(topic) ?? new Set();
    this.given.set(topic, given);
    if (given.has(message) || given.size >= MAX_DISTINCT) return;
    given.add(message);
    this.warn(message);
  }

  /** The trouble is over: should it come back, it is news again. */
  settle(topic: string): void {
    this.given.delete(topic);
  }
}

/** A warning in the form of Halyard's errors. */
export function warning(part: string, what: string, thrown?: unknown): string {
  const cause = thrown === undefined ? '' : `: ${messageOf(thrown)}`;
  return `[halyard] [${part}] ${what}${cause}`;
}
