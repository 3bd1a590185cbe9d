import { Dispatcher } from './delivery/dispatcher.ts';
import type { EventHub } from './events.ts';
import { type Exposures, openExposures } from './exposures/exposures.ts';
import type { Outside } from './outside.ts';
import type { Settings } from './settings.ts';
import { Tracking } from './tracking/tracking.ts';
import { createTransport } from './transport.ts';
import { UsageReporter } from './usage/reporter.ts';
import type { Warnings } from './warnings.ts';

/** Everything a client tells of what was read and done. */
export interface Outbox {
  readonly exposures: Exposures;
  readonly tracking: Tracking;
  /** Undefined where the source's backend takes no counts. */
  readonly usage: UsageReporter | undefined;
  /** Resolves when what was read in this turn has been sent, where the executor has reads wait. */
  settled(): Promise<void>;
  flush(deadline: number): Promise<void>;
  close(deadline: number): Promise<void>;
}

interface OutboxOptions {
  readonly settings: Settings;
  readonly events: EventHub;
  readonly warnings: Warnings;
  readonly outside: Outside;
  /** When the backend gave the definitions of a version; see `DefinitionsStore`. */
  readonly loadedAt: (version: string) => number | undefined;
}

/** Opens what a client tells everything with. It connects nowhere before it has to. */
export function openOutbox(options: OutboxOptions): Outbox {
  const { settings, outside, warnings } = options;
  const { source } = settings;
  // Connections of its own: those of the definitions close first, while this is still delivering. And
  // one try at a time, since the queues know better when the next is due.
  const transport = createTransport({ ...settings.transport, maxAttempts: 1 }, settings.clock);
  const dispatcher = new Dispatcher({ ...settings.exposures, outside, warnings });
  const exposures = openExposures({ ...options, transport, dispatcher });
  const tracking = new Tracking({ ...options, transport, dispatcher });
  const usage =
    source.usage &&
    new UsageReporter({
      source: source.name,
      endpoint: source.usage,
      transport,
      outside,
      warnings,
    });
  return {
    exposures,
    tracking,
    usage,
    settled() {
      exposures.settle();
      return dispatcher.settled();
    },
    async flush(deadline) {
      exposures.settle();
      await Promise.all([dispatcher.flush(deadline), usage?.flush(deadline)]);
    },
    async close(deadline) {
      exposures.settle();
      await Promise.all([dispatcher.close(deadline), usage?.close(deadline)]);
      await transport.close();
    },
  };
}
