import {
  type CancelSignal,
  type Exposure,
  type ExposureSink,
  HalyardError,
  messageOf,
  type SendReport,
  type SinkClient,
} from '@halyard/core';
import type { ConnectionSettings } from '../connection-options.ts';
import { RedisLink } from '../link.ts';
import { Deliverer } from './deliverer.ts';
import { type OutboxKeys, outboxKeys } from './keys.ts';
import { APPEND } from './scripts.ts';

/** What became of the exposures that this worker has appended or delivered. */
export interface OutboxCounters {
  /** Appended by this worker: they are in Redis. */
  readonly accepted: number;
  /** Handed to the sink by this worker at once, because Redis did not take them. */
  readonly bypassed: number;
  /** Dropped, oldest first, because the outbox was full when this worker appended. */
  readonly trimmed: number;
  /** Of all workers' exposures, those that the sink took of this one. */
  readonly delivered: number;
  /** Those of them that the sink refused. */
  readonly refused: number;
  /** Those that were lost because the sink failed for good. */
  readonly failed: number;
  /** Entries of the stream that were no exposures. */
  readonly malformed: number;
}

/** Options, checked. */
export interface OutboxSettings {
  readonly connection: ConnectionSettings;
  readonly sink: ExposureSink | 'backend';
  readonly name: string;
  readonly maxLength: number;
  readonly lease: number;
  readonly sendTimeout: number;
}

/** What belongs to the client that is served. */
interface Session {
  readonly sink: ExposureSink;
  readonly keys: OutboxKeys;
  readonly link: RedisLink;
  readonly deliverer: Deliverer;
  readonly warn: (what: string) => void;
}

/** One worker's part in an outbox that many share. */
export class Outbox implements ExposureSink {
  readonly name: string;
  private readonly settings: OutboxSettings;
  private readonly counts = {
    accepted: 0,
    bypassed: 0,
    trimmed: 0,
    delivered: 0,
    refused: 0,
    failed: 0,
    malformed: 0,
  };
  private opened: Session | undefined;

  constructor(settings: OutboxSettings) {
    this.settings = settings;
    this.name = settings.name;
  }

  get counters(): OutboxCounters {
    return { ...this.counts };
  }

  get maxBatchSize(): number | undefined {
    return this.opened?.sink.maxBatchSize;
  }

  accepts(exposure: Exposure): boolean {
    return this.opened?.sink.accepts?.(exposure) ?? true;
  }

  open(client: SinkClient): void {
    if (this.opened !== undefined) throw misused('serves one client, and was given to two');
    const { connection, lease, sendTimeout } = this.settings;
    const sink = this.settings.sink === 'backend' ? client.backend : this.settings.sink;
    if (sink === undefined) {
      const problem = `has \`sink: 'backend'\`, but the source "${client.sourceName}" does not say where its backend takes exposures`;
      throw misused(problem);
    }
    const keys = outboxKeys(connection.keyPrefix, client.sourceId, sink.name);
    const link = new RedisLink(connection);
    const warn = (what: string) => client.warn(`[halyard] [redis] ${what}`);
    const { counts: counters } = this;
    const deliverer = new Deliverer({ link, keys, sink, lease, sendTimeout, counters, warn });
    this.opened = { sink, keys, link, deliverer, warn };
  }

  async send(
    batch: readonly Exposure[],
    options: { readonly signal: CancelSignal },
    // biome-ignore lint/suspicious/noConfusingVoidType: what most sinks resolve to
  ): Promise<SendReport | void> {
    const { sink, deliverer, warn } = this.session;
    try {
      await this.append(batch);
    } catch (thrown) {
      warn(`the outbox does not take exposures, which are sent directly: ${messageOf(thrown)}`);
      const report = await sink.send(batch, options);
      this.counts.bypassed += batch.length;
      return report;
    }
    deliverer.wake();
  }

  async close(): Promise<void> {
    const session = this.opened;
    this.opened = undefined;
    await session?.deliverer.stop();
    session?.link.close();
  }

  private async append(batch: readonly Exposure[]): Promise<void> {
    const { link, keys, warn } = this.session;
    const { maxLength } = this.settings;
    const args = [maxLength, ...batch.map((exposure) => JSON.stringify(exposure))];
    const trimmed = await link.run((redis) =>
      APPEND.run(redis, [keys.stream, keys.counters], args),
    );
    this.counts.accepted += batch.length;
    if (typeof trimmed !== 'number' || trimmed === 0) return;
    this.counts.trimmed += trimmed;
    warn(`the outbox has more than ${maxLength} exposures; the oldest are dropped and counted.`);
  }

  private get session(): Session {
    if (this.opened === undefined) throw misused('serves no client yet, or no longer');
    return this.opened;
  }
}

function misused(what: string): HalyardError {
  const message = `a redisExposureOutbox ${what}. Give each client one of its own, in \`exposures.sink\`.`;
  return new HalyardError('redis', 'INVALID_OPTION', message);
}
