import { type Warnings, warning } from '../warnings.ts';
import { type SendOptions, sendBatch } from './send.ts';
import type { Sink } from './sink.ts';
import type { Loss } from './tally.ts';
import type { Ticket } from './ticket.ts';
import { deliveryError } from './wording.ts';

const DEFAULT_BATCH_SIZE = 100;

/** What a lane needs besides its sink. */
export interface LaneOptions<Item> extends Omit<SendOptions, 'signal'> {
  /** Tells the lane's warnings from those of the others: sinks may have one name. */
  readonly topic: string;
  readonly maxQueued: number;
  readonly warnings: Warnings;
  /** Hears of what the sink has taken. */
  readonly onSent?: ((sink: string, batch: readonly Item[]) => void) | undefined;
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
export class SinkLane<Item> {
  private readonly sink: Sink<Item>;
  private readonly options: LaneOptions<Item>;
  private readonly batchSize: number;
  private readonly stop = new AbortController();
  private queue: Ticket<Item>[] = [];
  private accepted = 0;
  private ended = 0;
  private waiters: Waiter[] = [];
  private running = false;

  constructor(sink: Sink<Item>, options: LaneOptions<Item>) {
    this.sink = sink;
    this.options = options;
    this.batchSize = sink.maxBatchSize ?? DEFAULT_BATCH_SIZE;
  }

  /** Whether the sink has any use for it. One that cannot tell gets it. */
  wants(item: Item): boolean {
    const { sink } = this;
    if (sink.accepts === undefined) return true;
    try {
      const wanted: unknown = sink.accepts(item);
      if (typeof wanted === 'boolean') return wanted;
      // Nobody else would hear of a promise that rejects, and that ends the process.
      Promise.resolve(wanted).catch(() => {});
      throw new TypeError('it must return true or false.');
    } catch (thrown) {
      const { warnings, topic, wording } = this.options;
      const what = `\`accepts\` of the sink "${sink.name}" failed, so it gets all ${wording.many}`;
      warnings.once(`${topic}: accepts`, warning(wording.part, what, thrown));
      return true;
    }
  }

  /** Queues a ticket, or ends it at once when the queue is full. */
  add(ticket: Ticket<Item>): void {
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
    const { warnings, topic, wording } = this.options;
    try {
      await this.sink.close?.();
    } catch (thrown) {
      const what = `closing the sink "${this.sink.name}" failed`;
      warnings.once(topic, warning(wording.part, what, thrown));
    }
  }

  /** Never rejects: `sendBatch` does not, and nothing else waits. */
  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.queue.length > 0) await this.sendNext(this.queue.splice(0, this.batchSize));
    this.running = false;
  }

  private async sendNext(tickets: readonly Ticket<Item>[]): Promise<void> {
    const { signal } = this.stop;
    const batch = tickets.map(({ item }) => item);
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

  private taken(tickets: readonly Ticket<Item>[], refusals: ReadonlyMap<number, string>): void {
    const { onSent, warnings, topic, wording } = this.options;
    const batch: Item[] = [];
    for (const [place, ticket] of tickets.entries()) {
      const refusal = refusals.get(place);
      if (refusal === undefined) {
        ticket.delivered();
        batch.push(ticket.item);
      } else {
        ticket.lost(this.refused(refusal));
      }
    }
    if (batch.length === 0) return;
    warnings.settle(topic);
    warnings.settle(wording.part);
    onSent?.(this.sink.name, batch);
  }

  /** A topic of its own: that the sink takes others does not mean that it would take these. */
  private refused(words: string): Loss {
    const { wording, topic } = this.options;
    const message = `the sink "${this.sink.name}" refused ${wording.one}: ${words}`;
    const cause = deliveryError(wording, 'REQUEST_FAILED', message);
    return { reason: 'failed', cause, topic: `${topic}: refusals` };
  }

  private count(ended: number): void {
    this.ended += ended;
    const done = this.waiters.filter(({ upTo }) => upTo <= this.ended);
    this.waiters = this.waiters.filter(({ upTo }) => upTo > this.ended);
    for (const { resolve } of done) resolve();
  }
}
