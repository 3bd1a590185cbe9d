import { createHash } from 'node:crypto';

/** The names of what an outbox keeps in Redis. */
export interface OutboxKeys {
  /** A stream: the exposures that wait to be delivered. */
  readonly stream: string;
  /** A hash: how many were trimmed, by all workers. */
  readonly counters: string;
  /** Who delivers; expires by itself. */
  readonly lease: string;
  readonly token: string;
}

/** Keys for the exposures of one source to one sink. All of them land in one slot of a cluster. */
export function outboxKeys(keyPrefix: string, sourceId: string, sink: string): OutboxKeys {
  const digest = createHash('sha256').update(`${sourceId}\n${sink}`).digest('hex').slice(0, 32);
  const base = `${keyPrefix}{outbox:${digest}}`;
  return {
    stream: `${base}:exposures`,
    counters: `${base}:counters`,
    lease: `${base}:lease`,
    token: `${base}:token`,
  };
}
