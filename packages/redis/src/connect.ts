import type { ConnectionOptions } from 'node:tls';
import type { Redis } from 'ioredis';
import type { RedisAddress, RedisNode } from './address.ts';
import { redisError } from './redis-error.ts';

/** How to connect. */
export interface ConnectSettings {
  readonly address: RedisAddress;
  /** Milliseconds that connecting, and any one command, may take. */
  readonly timeout: number;
  /** Certificates and the like, where the address asks for TLS. */
  readonly tls: ConnectionOptions | undefined;
}

/**
 * Connects to one server, once: the connection is ready when this resolves, and does not come back when
 * it ends. Nothing waits in it: a command that cannot be sent at once, or is not answered in time, fails.
 * It keeps no process alive. Rejects with a HalyardError that holds no credential.
 */
export async function connect(settings: ConnectSettings, node: RedisNode): Promise<Redis> {
  const { address, timeout, tls } = settings;
  // Loaded with the first connection: a build that imports an application's flags needs no Redis.
  const { Redis } = await import('ioredis');
  const redis = new Redis({
    ...node,
    username: address.username,
    password: address.password,
    db: address.db,
    ...(address.usesTls && { tls: { ...tls } }),
    connectTimeout: timeout,
    commandTimeout: timeout,
    // Whoever disconnects has all the answers, and a server that is gone would not say goodbye.
    disconnectTimeout: 0,
    lazyConnect: true,
    retryStrategy: null,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
  let trouble: unknown;
  redis.on('error', (error) => {
    trouble ??= error;
  });
  redis.once('connect', () => redis.stream.unref());
  try {
    await redis.connect();
    return redis;
  } catch (thrown) {
    if (redis.status !== 'end') redis.disconnect();
    // What `connect` rejects with only says that the connection closed; the event says why.
    throw redisError(`could not be reached at ${node.host}:${node.port}`, trouble ?? thrown);
  }
}
