import { HalyardError } from '@halyard/core';
import type { Redis } from 'ioredis';
import { parseNode, type RedisNode } from './address.ts';
import { type ConnectSettings, connect } from './connect.ts';
import { isMisplaced, isTimeout, movedTo, redisError } from './redis-error.ts';

/** How often one command may be sent to another node of a cluster. */
const MAX_MOVES = 3;

/**
 * The connection that commands go over. It is made with the first command, and again with the next one
 * after it was lost: nothing is queued, and nothing reconnects in the background. All keys of a command
 * must be in one slot; in a cluster the connection moves to the node that has it.
 */
export class RedisLink {
  private readonly settings: ConnectSettings;
  private current: Promise<Redis> | undefined;
  private node: RedisNode;
  private failures = 0;
  /** Until when, by `performance.now()`, another attempt to connect would come too soon. */
  private restUntil = 0;
  private trouble: unknown;
  private isClosed = false;

  constructor(settings: ConnectSettings) {
    this.settings = settings;
    this.node = settings.address.nodes[0];
  }

  /** Runs a command. Rejects with a HalyardError when it fails, or takes too long. */
  async run<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    for (let moves = 0; ; moves++) {
      const connection = this.connection();
      const redis = await connection;
      try {
        return await command(redis);
      } catch (thrown) {
        const target = movedTo(thrown);
        if (target !== undefined && moves < MAX_MOVES) {
          this.drop(connection);
          this.node = this.nodeAt(target);
          continue;
        }
        // A server that does not answer may be gone without a word; what waits for it fails with it.
        if (isTimeout(thrown) || isMisplaced(thrown)) this.drop(connection);
        throw redisError(isTimeout(thrown) ? 'did not answer' : 'refused a command', thrown);
      }
    }
  }

  /** Breaks off what is under way, for good. */
  close(): void {
    this.isClosed = true;
    this.drop(this.current);
  }

  private connection(): Promise<Redis> {
    if (this.isClosed) {
      return Promise.reject(new HalyardError('redis', 'CLOSED', 'the connection is closed.'));
    }
    if (this.current === undefined && performance.now() < this.restUntil) {
      return Promise.reject(this.trouble);
    }
    this.current ??= this.open();
    return this.current;
  }

  private open(): Promise<Redis> {
    const opening: Promise<Redis> = connect(this.settings, this.node).then(
      (redis) => {
        this.failures = 0;
        redis.once('end', () => this.drop(opening));
        if (this.isClosed) redis.disconnect();
        return redis;
      },
      (thrown: unknown) => {
        this.drop(opening);
        this.rest(thrown);
        throw thrown;
      },
    );
    return opening;
  }

  /** Several commands in a row do not each wait for a server that is not there. */
  private rest(thrown: unknown): void {
    const { nodes } = this.settings.address;
    this.trouble = thrown;
    this.restUntil = performance.now() + this.settings.timeout / 2;
    this.node = nodes[++this.failures % nodes.length] ?? nodes[0];
  }

  private nodeAt(target: string): RedisNode {
    // A node that does not know its own name leaves it out: it is the one that was asked.
    const node = parseNode(target.startsWith(':') ? `${this.node.host}${target}` : target);
    return node ?? this.settings.address.nodes[0];
  }

  /** Gives a connection up at once: its end may come a little later. */
  private drop(connection: Promise<Redis> | undefined): void {
    if (this.current === connection) this.current = undefined;
    // That it could not be made has been reported to whoever asked for it.
    connection?.then((redis) => redis.disconnect()).catch(() => {});
  }
}
