import type { Redis } from 'ioredis';
import { type ConnectSettings, connect } from './connect.ts';
import { backgroundTimer, reconnectPause } from './timers.ts';

/** What is listened to. */
export interface SubscriptionOptions {
  readonly settings: ConnectSettings;
  readonly channel: string;
  onMessage(message: string): void;
  /** A connection has come to be; what was said before it went unheard. */
  onConnected(): void;
}

/**
 * Listens to a channel over a connection of its own, and connects again for ever when it is lost. While
 * there is none nobody is told: who listens must look for himself from time to time.
 */
export class Subscription {
  private readonly options: SubscriptionOptions;
  private redis: Redis | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private isClosed = false;

  constructor(options: SubscriptionOptions) {
    this.options = options;
    void this.connect();
  }

  /** Finds out whether the connection is dead without a word, and makes another if so. */
  async check(): Promise<void> {
    const { redis } = this;
    try {
      await redis?.ping();
    } catch {
      // What broke it makes no difference: its end leads to the next one.
      redis?.disconnect();
    }
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.redis?.disconnect();
  }

  private async connect(): Promise<void> {
    const { settings, channel, onMessage, onConnected } = this.options;
    const { nodes } = settings.address;
    try {
      // In a cluster every node hears what is published on any.
      const redis = await connect(settings, nodes[this.failures % nodes.length] ?? nodes[0]);
      redis.once('end', () => this.lost());
      this.redis = redis;
      if (this.isClosed) return redis.disconnect();
      redis.on('message', (_channel, message) => onMessage(message));
      await redis.subscribe(channel);
      this.failures = 0;
      onConnected();
    } catch {
      // Without Redis, or without the right to subscribe, looking at the interval has to do.
      if (this.redis === undefined) this.lost();
      else this.redis.disconnect();
    }
  }

  private lost(): void {
    this.redis = undefined;
    if (this.isClosed) return;
    this.failures++;
    this.timer = backgroundTimer(() => void this.connect(), reconnectPause(this.failures));
  }
}
