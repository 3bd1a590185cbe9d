import { randomUUID } from 'node:crypto';
import { type Exposure, type ExposureSink, messageOf } from '@halyard/core';
import { LEAD, RELEASE } from '../lease-scripts.ts';
import type { RedisLink } from '../link.ts';
import { backgroundTimer, reconnectPause } from '../timers.ts';
import { decodeEntries, type OutboxEntry } from './entry.ts';
import type { OutboxKeys } from './keys.ts';
import { REMOVE } from './scripts.ts';
import { askedPause, isPermanent, sendTo } from './send.ts';

/** What the deliverer needs of its outbox. */
export interface DelivererOptions {
  readonly link: RedisLink;
  readonly keys: OutboxKeys;
  readonly sink: ExposureSink;
  /** Milliseconds after which another worker delivers in place of one that has gone silent. */
  readonly lease: number;
  /** Milliseconds that the sink may take for a batch. */
  readonly sendTimeout: number;
  readonly counters: Record<'delivered' | 'refused' | 'failed' | 'malformed', number>;
  warn(what: string): void;
}

/** Milliseconds between looks at the stream, of whoever delivers and of those who would. */
const POLL = 1000;
const DEFAULT_BATCH_SIZE = 100;
/** After so many failures in a row another worker may have more luck. */
const PATIENCE = 3;
/** Milliseconds within which the last round of a worker that stops begins its last batch. */
const LAST_ROUND = 2000;

/**
 * Delivers what is in the stream, batch by batch, in order: whichever worker has the lease does. An entry
 * is removed when the sink has it, so whoever takes over finds all that were not.
 */
export class Deliverer {
  private readonly options: DelivererOptions;
  private readonly owner = randomUUID();
  private readonly running: Promise<void>;
  private failures = 0;
  private isLeading = false;
  private isStopped = false;
  /** When the last round ends, by `performance.now()`. */
  private endsAt = Number.POSITIVE_INFINITY;
  /** Milliseconds that the sink has asked us to wait. */
  private askedPause = 0;
  private wakeUp = () => {};

  constructor(options: DelivererOptions) {
    this.options = options;
    this.running = this.run();
  }

  /** There is something to deliver. Changes nothing while deliveries fail. */
  wake(): void {
    if (this.failures === 0) this.wakeUp();
  }

  /** Delivers what is there, if nobody else does, and lets go of the lease. Never rejects. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.endsAt = performance.now() + LAST_ROUND;
    this.wakeUp();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      await this.tryRound();
      if (!this.isStopped) await this.pause(this.nextPause());
    }
    await this.tryRound();
    await this.release();
  }

  private nextPause(): number {
    if (this.failures === 0) return POLL;
    return Math.max(POLL + reconnectPause(this.failures), this.askedPause);
  }

  private async tryRound(): Promise<void> {
    try {
      await this.round();
      this.failures = 0;
    } catch (thrown) {
      this.failures++;
      this.askedPause = askedPause(thrown, Date.now());
      this.options.warn(`exposures could not be delivered: ${messageOf(thrown)}`);
      if (this.failures % PATIENCE === 0) await this.release();
    }
  }

  /** Delivers until there is nothing left, or another worker has taken over. */
  private async round(): Promise<void> {
    while (performance.now() < this.endsAt && (await this.leads())) {
      const entries = await this.next();
      if (entries.length === 0) return;
      await this.deliver(entries);
      await this.remove(entries);
    }
  }

  private async leads(): Promise<boolean> {
    const { link, keys, lease } = this.options;
    const args = [this.owner, lease, 10 * lease];
    const token = await link.run((redis) => LEAD.run(redis, [keys.lease, keys.token], args));
    this.isLeading = typeof token === 'string';
    return this.isLeading;
  }

  private async next(): Promise<OutboxEntry[]> {
    const { link, keys, sink } = this.options;
    const size = sink.maxBatchSize ?? DEFAULT_BATCH_SIZE;
    const range = await link.run((redis) => redis.xrange(keys.stream, '-', '+', 'COUNT', size));
    return decodeEntries(range);
  }

  /** Rejects when the batch is to be delivered again. */
  private async deliver(entries: readonly OutboxEntry[]): Promise<void> {
    const { sink, sendTimeout, counters, warn } = this.options;
    const batch = entries.flatMap(({ exposure }): Exposure[] => (exposure ? [exposure] : []));
    counters.malformed += entries.length - batch.length;
    if (batch.length === 0) return;
    try {
      const refused = await sendTo(sink, batch, sendTimeout);
      counters.refused += refused;
      counters.delivered += batch.length - refused;
    } catch (thrown) {
      if (!isPermanent(thrown)) throw thrown;
      // Trying again would not help, and those behind would wait for ever.
      counters.failed += batch.length;
      warn(`exposures were lost: ${messageOf(thrown)}`);
    }
  }

  private async remove(entries: readonly OutboxEntry[]): Promise<void> {
    const { link, keys } = this.options;
    const ids = entries.map(({ id }) => id);
    await link.run((redis) => REMOVE.run(redis, [keys.stream], ids));
  }

  private async release(): Promise<void> {
    if (!this.isLeading) return;
    this.isLeading = false;
    const { link, keys } = this.options;
    try {
      await link.run((redis) => RELEASE.run(redis, [keys.lease], [this.owner]));
    } catch {
      // Redis is down; the lease ends by itself.
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = backgroundTimer(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
