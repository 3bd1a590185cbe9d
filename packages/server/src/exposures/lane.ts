import type { ExposureSink } from '@halyard/core';
import type { EventHub } from '../events.ts';
import type { Warnings } from '../warnings.ts';
import { type SendLimits, sendBatch } from './send.ts';
import type { Ticket } from './ticket.ts';

const DEFAULT_BATCH_SIZE = 100;

/** What all lanes of a client share. */
export interface LaneOptions extends SendLimits {
  readonly maxQueued: number;
  readonly events: EventHub;
  readonly warnings: Warnings;
}

/** Somebody who waits until a number of tickets have ended. */
interface Waiter {
  readonly upTo: number;
  readonly resolve: () => void;
}

/**
 * One sink's queue and the loop that empties it, batch by batch, in order. Each sink has its own, so
 * that one that is slow or down holds up nobody else.
 */
export class SinkLane {
  private readonly sink: ExposureSink;
  private readonly options: LaneOptions;
  private readonly batchSize: number;
  private readonly stop = new AbortController();
  private queue: Ticket[] = [];
  private accepted = 0;
  private ended = 0;
  private waiters: Waiter[] = [];
  private running = false;

  constructor(sink: ExposureSink, options: LaneOptions) {
    this.sink = sink;
    this.options = options;
    this.batchSize = sink.maxBatchSize ?? DEFAULT_BATCH_SIZE;
  }

  /** Queues a ticket, or ends it at once when the queue is full. */
  add(ticket: Ticket): void {
    if (this.stop.signal.aborted) {
      ticket.lost('abandoned');
    } else if (this.queue.length >= this.options.maxQueued) {
      ticket.lost('overflowed');
    } else {
      this.accepted++;
      this.queue.push(ticket);
    }
  }

  /** Sends. Resolves when everything queued until now has been delivered or lost. */
  drained(): Promise<void> {
    if (this.ended >= this.accepted) return Promise.resolve();
    const promise = new Promise<void>((resolve) => {
      this.waiters.push({ upTo: this.accepted, resolve });
    });
    void this.run();
    return promise;
  }

  /** Ends everything that has not been delivered, and the loop. */
  abandon(): void {
    this.stop.abort();
    const queued = this.queue;
    this.queue = [];
    for (const ticket of queued) ticket.lost('abandoned');
    this.count(queued.length);
  }

  /** Never rejects: `sendBatch` does not, and nothing else waits. */
  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.queue.length > 0) await this.sendNext(this.queue.splice(0, this.batchSize));
    this.running = false;
  }

  private async sendNext(tickets: readonly Ticket[]): Promise<void> {
    const { events, warnings } = this.options;
    const batch = tickets.map(({ exposure }) => exposure);
    const error = await sendBatch(this.sink, batch, this.options, this.stop.signal);
    if (error === undefined) {
      for (const ticket of tickets) ticket.delivered();
      warnings.settle('exposures');
      events.emit('exposuresSent', { sink: this.sink.name, batch });
    } else {
      const reason = this.stop.signal.aborted ? 'abandoned' : 'failed';
      for (const ticket of tickets) ticket.lost(reason, error);
    }
    this.count(tickets.length);
  }

  private count(ended: number): void {
    this.ended += ended;
    const done = this.waiters.filter(({ upTo }) => upTo <= this.ended);
    this.waiters = this.waiters.filter(({ upTo }) => upTo > this.ended);
    for (const { resolve } of done) resolve();
  }
}
