import { createHash } from 'node:crypto';
import { messageOf } from '@halyard/core';
import type { Redis } from 'ioredis';

/** A Lua script. Redis runs it as one step: nobody sees or changes anything in between. */
export class RedisScript {
  private readonly lua: string;
  private readonly sha: string;

  constructor(lua: string) {
    this.lua = lua;
    this.sha = createHash('sha1').update(lua).digest('hex');
  }

  /** Runs it. The text is sent only to a server that does not know it yet. */
  async run(
    redis: Redis,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> {
    try {
      return await redis.evalsha(this.sha, keys.length, ...keys, ...args);
    } catch (thrown) {
      if (!messageOf(thrown).startsWith('NOSCRIPT')) throw thrown;
      return redis.eval(this.lua, keys.length, ...keys, ...args);
    }
  }
}
