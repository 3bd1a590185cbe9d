import type { Exposure, ExposureSink } from '@halyard/core';
import type { EventHub } from '../events.ts';
import { type Warnings, warning } from '../warnings.ts';
import { type SendLimits, sendBatch } from './send.ts';
import { exposureError, type Loss, PIPELINE } from './tally.ts';
import type { Ticket } from './ticket.ts';

const DEFAULT_BATCH_SIZE = 100;

/** What a lane needs besides its sink. */
export interface LaneOptions extends SendLimits {
  /** Tells the lane's warnings from those of the others: sinks may have one name. */
  readonly topic: string;
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

  /** Whether the sink counts such an exposure. One that cannot tell gets it. */
  wants(exposure: Exposure): boolean {
    const { sink } = this;
    if (sink.accepts === undefined) return true;
    try {
      const wanted: unknown = sink.accepts(exposure);
      if (typeof wanted === 'boolean') return wanted;
      // Nobody else would hear of a promise that rejects, and that ends the process.
      Promise.resolve(wanted).catch(() => {});
      throw new TypeError('it must return true or false.');
    } catch (thrown) {
      const { warnings, topic } = this.options;
      const what = `\`accepts\` of the sink "${sink.name}" failed, so it gets every exposure`;
      warnings.once(`${topic}: accepts`, warning('exposures', what, thrown));
      return true;
    }
  }

  /** Queues a ticket, or ends it at once when the queue is full. */
  add(ticket: Ticket): void {
    const { topic, maxQueued } = this.options;
    if (this.stop.signal.aborted) {
      ticket.lost({ reason: 'abandoned', topic });
    } else if (this.queue.length >= maxQueued) {
      ticket.lost({ reason: 'overflowed', topic });
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
    for (const ticket of queued) ticket.lost({ reason: 'abandoned', topic: this.options.topic });
    this.count(queued.length);
  }

  /** Lets go of the sink. Never rejects. */
  async closeSink(): Promise<void> {
    const { warnings, topic } = this.options;
    try {
      await this.sink.close?.();
    } catch (thrown) {
      const what = `closing the sink "${this.sink.name}" failed`;
      warnings.once(topic, warning('exposures', what, thrown));
    }
  }

  /** Never rejects: `sendBatch` does not, and nothing else waits. */
  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.queue.length > 0) await this.sendNext(this.queue.splice(0, this.batchSize));
    this.running = false;
  }

  private async sendNext(tickets: readonly Ticket[]): Promise<void> {
    const { signal } = this.stop;
    const batch = tickets.map(({ exposure }) => exposure);
    const outcome = await sendBatch(this.sink, batch, { ...this.options, signal });
    if ('refusals' in outcome) {
      this.taken(tickets, outcome.refusals);
    } else {
      const reason = signal.aborted ? 'abandoned' : 'failed';
      const loss: Loss = { reason, cause: outcome.error, topic: this.options.topic };
      for (const ticket of tickets) ticket.lost(loss);
    }
    this.count(tickets.length);
  }

  private taken(tickets: readonly Ticket[], refusals: ReadonlyMap<number, string>): void {
    const { events, warnings, topic } = this.options;
    const batch: Exposure[] = [];
    for (const [place, ticket] of tickets.entries()) {
      const refusal = refusals.get(place);
      if (refusal === undefined) {
        ticket.delivered();
        batch.push(ticket.exposure);
      } else {
        ticket.lost(this.refused(refusal));
      }
    }
    if (batch.length === 0) return;
    warnings.settle(topic);
    warnings.settle(PIPELINE);
    events.emit('exposuresSent', { sink: this.sink.name, batch });
  }

  /** A topic of its own: that the sink takes others does not mean that it would take these. */
  private refused(words: string): Loss {
    const message = `the sink "${this.sink.name}" refused an exposure: ${words}`;
    const cause = exposureError('REQUEST_FAILED', message);
    return { reason: 'failed', cause, topic: `${this.options.topic}: refusals` };
  }

  private count(ended: number): void {
    this.ended += ended;
    const done = this.waiters.filter(({ upTo }) => upTo <= this.ended);
    this.waiters = this.waiters.filter(({ upTo }) => upTo > this.ended);
    for (const { resolve } of done) resolve();
  }
}
