import type { HalyardError } from '@halyard/core';
import type { Warnings } from '../warnings.ts';
import { SinkLane } from './lane.ts';
import type { SendLimits } from './send.ts';
import type { Sink } from './sink.ts';
import type { Tally } from './tally.ts';
import { Ticket } from './ticket.ts';
import { deliveryError, type Wording } from './wording.ts';

/** How much waits, and how hard it is tried. */
export interface PipelineLimits extends SendLimits {
  /** The most things waiting: before the executor has run, and for each sink. */
  readonly maxQueued: number;
}

/** What a pipeline needs of its client. */
export interface PipelineOptions<Seen, Item> {
  readonly wording: Wording;
  readonly sinks: readonly Sink<Item>[];
  readonly tally: Tally;
  readonly limits: PipelineLimits;
  readonly warnings: Warnings;
  /** Makes what is delivered of what was seen. Called off the reading path, once; must not throw. */
  readonly itemOf: (seen: Seen) => Item;
  /** Hears of what a sink has taken. */
  readonly onSent?: (sink: string, batch: readonly Item[]) => void;
}

/** One kind of things on their way: from the reading path to the sinks that want them. */
export class Pipeline<Seen, Item> {
  private readonly options: PipelineOptions<Seen, Item>;
  private readonly wake: () => void;
  private readonly lanes: readonly SinkLane<Item>[];
  private queue: Seen[] = [];
  private closed = false;

  /** `wake` has something done about what is queued. */
  constructor(options: PipelineOptions<Seen, Item>, wake: () => void) {
    const { sinks, wording, limits, warnings, onSent } = options;
    this.options = options;
    this.wake = wake;
    this.lanes = sinks.map((sink, i) => {
      const topic = `${wording.part} to sink ${i}`;
      return new SinkLane(sink, { ...limits, wording, warnings, topic, onSent });
    });
  }

  /** Queues what was seen, or counts it as lost. Fast, because whoever tracks waits for it. */
  accept(seen: Seen): void {
    const { tally, limits, wording } = this.options;
    const topic = wording.part;
    tally.recorded++;
    if (this.closed) {
      const cause = deliveryError(wording, 'CLOSED', 'the client is closed.');
      tally.lose({ reason: 'abandoned', cause, topic });
    } else if (this.queue.length >= limits.maxQueued) {
      tally.lose({ reason: 'overflowed', topic });
    } else {
      this.queue.push(seen);
      this.wake();
    }
  }

  /** Sends what is queued. Resolves when all of it, and what came before, is delivered or lost. */
  async deliver(): Promise<void> {
    this.issueTickets();
    await Promise.all(this.lanes.map((lane) => lane.drained()));
  }

  /** Loses what is queued, because nobody runs the work. */
  refuse(because: string): void {
    const { tally, wording } = this.options;
    const cause: HalyardError = deliveryError(wording, 'REQUEST_FAILED', because);
    const refused = this.queue.length;
    this.queue = [];
    for (let i = 0; i < refused; i++) tally.lose({ reason: 'refused', cause, topic: wording.part });
  }

  /** Loses what has not been delivered, and all that comes now. Resolves when nothing runs any more. */
  async abandon(): Promise<void> {
    this.closed = true;
    this.issueTickets();
    for (const lane of this.lanes) lane.abandon();
    await Promise.all(this.lanes.map((lane) => lane.drained()));
  }

  /** Lets go of the sinks. Never rejects. */
  async closeSinks(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.closeSink()));
  }

  private issueTickets(): void {
    const seen = this.queue;
    if (seen.length === 0) return;
    this.queue = [];
    const { tally, itemOf } = this.options;
    for (const one of seen) {
      const item = itemOf(one);
      const lanes = this.lanes.filter((lane) => lane.wants(item));
      if (lanes.length === 0) {
        tally.ignore();
        continue;
      }
      const ticket = new Ticket(item, lanes.length, tally);
      for (const lane of lanes) lane.add(ticket);
    }
  }
}
